// Activity: how much happened when, in a bounded number of buckets; who was busiest in each.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "srvwarden/census.hpp"

namespace srvwarden::census {

/// A sender of many of a bucket's packets.
struct Talker {
  wire::Address sender;
  std::uint64_t key = 0;      ///< of the address, compared in its place
  std::uint32_t packets = 0;  ///< at least; at most a fifth of the bucket's packets more
};

/// What happened in some time.
struct ActivityBucket {
  std::uint32_t packets = 0;
  std::uint32_t questions = 0;      ///< queries that are no probes
  std::uint32_t probes = 0;         ///< RFC 6762 §8.1
  std::uint32_t announcements = 0;  ///< multicast responses with a record to keep
  std::uint32_t goodbyes = 0;       ///< records with a TTL of zero
  std::uint32_t conflicts = 0;      ///< packets that contradict another host's records
  /// Whoever sent more than a fifth of the packets is among them, in no order.
  std::array<Talker, 4> talkers{};
};

/// Whether a response says that a record is the only one of its set while another host announces a
/// live one with other data. Asked before the packet is counted. RFC 6762 §9.
bool contradicts(const Census& census, const wire::Packet& packet, const SeenMessage& seen);

/// Counts packets by the time that they carry. When they no longer fit, buckets are joined in pairs
/// and are twice as wide from then on; a packet costs the same, however many came before.
class Activity {
 public:
  static constexpr std::size_t max_buckets = 240;
  static constexpr wire::Time::duration first_width = std::chrono::milliseconds(100);

  void add(const wire::Packet& packet, const SeenMessage& seen) noexcept {
    ActivityBucket& bucket = bucket_at(packet.time);
    ++bucket.packets;
    count_talker(bucket, packet.source.address);
    if (!seen.is_response()) {
      ++(seen.probes() ? bucket.probes : bucket.questions);
      return;
    }
    std::uint32_t goodbyes = 0;
    bool announces = false;
    for (const SeenRecord& record : seen.records) {
      const bool is_kept = record.type != wire::Type::opt;
      goodbyes += is_kept & (record.ttl == 0);
      announces |= is_kept & (record.ttl > 0);
    }
    bucket.goodbyes += goodbyes;
    bucket.announcements += announces && seen.role == MessageRole::multicast_response;
  }
  /// A packet that was added contradicts what another host announces.
  void add_conflict(wire::Time time) noexcept { ++bucket_at(time).conflicts; }

  /// From the first packet's on, at most max_buckets; empty without packets.
  const std::vector<ActivityBucket>& buckets() const noexcept { return buckets_; }
  /// When the first bucket begins.
  wire::Time begin() const noexcept { return wire::Time(wire::Time::duration(begin_)); }
  wire::Time::duration width() const noexcept {
    return wire::Time::duration(static_cast<std::int64_t>(width_));
  }

 private:
  ActivityBucket& bucket_at(wire::Time time) noexcept {
    const auto at = time.time_since_epoch().count();
    const bool same =
        !buckets_.empty() && at >= last_begin_ &&
        static_cast<std::uint64_t>(at) - static_cast<std::uint64_t>(last_begin_) < width_;
    return same ? buckets_[last_] : find_bucket(at);
  }
  ActivityBucket& find_bucket(std::int64_t at) noexcept;
  void prepend(std::int64_t at) noexcept;
  void halve() noexcept;
  static std::uint64_t key_of(const wire::Address& address) noexcept {
    std::array<std::uint64_t, 2> halves{};
    const wire::Bytes octets = address.octets();
    // Of constant sizes, for which a compiler calls nothing.
    if (octets.size() == 4) std::memcpy(halves.data(), octets.data(), 4);
    if (octets.size() == 16) std::memcpy(halves.data(), octets.data(), 16);
    return halves[0] ^ (halves[1] * 0x9E3779B97F4A7C15);
  }
  static void count_talker(ActivityBucket& bucket, const wire::Address& sender) noexcept {
    const std::uint64_t key = key_of(sender);
    for (Talker& talker : bucket.talkers) {
      if (talker.key == key && talker.packets > 0) {
        ++talker.packets;
        return;
      }
    }
    count_other_talker(bucket, sender, key);
  }
  static void count_other_talker(ActivityBucket& bucket, const wire::Address& sender,
                                 std::uint64_t key) noexcept;

  std::int64_t begin_ = 0;  ///< ns since 1970
  std::uint64_t width_ = static_cast<std::uint64_t>(first_width.count());
  std::vector<ActivityBucket> buckets_;
  std::size_t last_ = 0;         ///< that a packet fell in
  std::int64_t last_begin_ = 0;  ///< of it
};

}  // namespace srvwarden::census
