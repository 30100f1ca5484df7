// Finding, making and joining buckets.
// SPDX-License-Identifier: Apache-2.0
#include "census/activity.hpp"

#include <algorithm>

namespace srvwarden::census {

namespace {

/// How far b is after a; times may be as far apart as their type allows.
std::uint64_t distance(std::int64_t a, std::int64_t b) noexcept {
  return static_cast<std::uint64_t>(b) - static_cast<std::uint64_t>(a);
}

std::int64_t moved(std::int64_t from, std::uint64_t by) noexcept {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(from) + by);
}

/// Joins two sets of counters as Misra and Gries do: what the fifth largest has is taken off all.
std::array<Talker, 4> joined(const std::array<Talker, 4>& a, const std::array<Talker, 4>& b) {
  std::array<Talker, 8> all{};
  std::copy(a.begin(), a.end(), all.begin());
  std::size_t count = a.size();
  for (const Talker& other : b) {
    const auto same = std::find_if(all.begin(), all.begin() + a.size(), [&](const Talker& talker) {
      return talker.packets > 0 && talker.key == other.key;
    });
    if (same == all.begin() + a.size()) {
      all[count++] = other;
    } else {
      same->packets += other.packets;
    }
  }
  std::ranges::sort(all, std::greater(), &Talker::packets);
  std::array<Talker, 4> out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::uint32_t packets = all[i].packets - all[out.size()].packets;
    if (packets > 0) out[i] = {all[i].sender, all[i].key, packets};
  }
  return out;
}

ActivityBucket joined(const ActivityBucket& a, const ActivityBucket& b) {
  return {.packets = a.packets + b.packets,
          .questions = a.questions + b.questions,
          .probes = a.probes + b.probes,
          .announcements = a.announcements + b.announcements,
          .goodbyes = a.goodbyes + b.goodbyes,
          .conflicts = a.conflicts + b.conflicts,
          .talkers = joined(a.talkers, b.talkers)};
}

bool are_one_host(const Sender& a, const Sender& b) noexcept {
  return a.address == b.address || (a.mac && a.mac == b.mac);
}

/// Records of a set that one is compared with.
constexpr int most_compared = 8;

}  // namespace

bool contradicts(const Census& census, const wire::Packet& packet, const SeenMessage& seen) {
  if (!seen.is_response() || seen.sender == no_index) return false;
  for (const SeenRecord& told : seen.records) {
    if (!told.cache_flush || told.ttl == 0 || told.index == no_index) continue;
    const Observation& record = census.records()[told.index];
    if (record.set().records < 2) continue;
    // The newest few: a hostile set may have any number.
    std::uint32_t at = record.set().newest;
    for (int left = most_compared; at != no_index && left > 0; --left) {
      const Observation& other = census.records()[at];
      at = other.older();
      if (&other == &record || other.last_sender() == no_index) continue;
      const bool is_live = other.count() > 0 && other.is_live(packet.time);
      const auto& senders = census.senders();
      if (is_live && !are_one_host(senders[other.last_sender()], senders[seen.sender])) return true;
    }
  }
  return false;
}

void Activity::count_other_talker(ActivityBucket& bucket, const wire::Address& sender,
                                  std::uint64_t key) noexcept {
  const auto free = std::ranges::find(bucket.talkers, 0U, &Talker::packets);
  if (free != bucket.talkers.end()) {
    *free = {sender, key, 1};
    return;
  }
  for (Talker& talker : bucket.talkers) --talker.packets;
}

void Activity::halve() noexcept {
  for (std::size_t i = 0; 2 * i < buckets_.size(); ++i) {
    const bool pair = 2 * i + 1 < buckets_.size();
    buckets_[i] = pair ? joined(buckets_[2 * i], buckets_[2 * i + 1]) : buckets_[2 * i];
  }
  buckets_.resize((buckets_.size() + 1) / 2);
  width_ *= 2;
}

/// A packet that is earlier than the first one: captures may be read in any order.
void Activity::prepend(std::int64_t at) noexcept {
  for (;;) {
    const std::uint64_t missing = (distance(at, begin_) - 1) / width_ + 1;
    if (missing <= max_buckets - buckets_.size()) {
      buckets_.insert(buckets_.begin(), static_cast<std::size_t>(missing), {});
      begin_ = moved(begin_, 0 - missing * width_);
      return;
    }
    halve();
  }
}

ActivityBucket& Activity::find_bucket(std::int64_t at) noexcept {
  if (buckets_.empty()) {
    buckets_.reserve(max_buckets);
    begin_ = at;
  }
  if (at < begin_) prepend(at);
  while (distance(begin_, at) / width_ >= max_buckets) halve();
  last_ = static_cast<std::size_t>(distance(begin_, at) / width_);
  last_begin_ = moved(begin_, last_ * width_);
  if (last_ >= buckets_.size()) buckets_.resize(last_ + 1);
  return buckets_[last_];
}

}  // namespace srvwarden::census
