// What the packets before tell of a response: series of announcements, changes and conflicts.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "census/state.hpp"

namespace srvwarden::census {

namespace {

using wire::Section;
using wire::Type;
using Duration = wire::Time::duration;

/// Announcements closer than this are copies of one. RFC 6762 §8.3 has a second between them.
constexpr auto one_announcement = std::chrono::milliseconds(200);

/// Who was there when we began to listen need not probe any more.
constexpr auto probing_time = std::chrono::milliseconds(1500);

bool has_one_owner(Type type) noexcept {
  return type == Type::srv || type == Type::txt || type == Type::hinfo;
}

/// Counts one more change; those further apart than `window` from the first begin anew.
void add_to(Changes& changes, wire::Time time, Duration window) {
  if (changes.times == 0 || time - changes.since > window) changes = {time, time, 0};
  ++changes.times;
  changes.last = time;
}

}  // namespace

bool Census::State::may_be_one_host(SenderId a, SenderId b) const {
  if (a == b || a == no_index || b == no_index) return true;
  return census::may_be_one_host(senders[a], senders[b]);
}

const Probing* Census::State::probing_of(std::uint32_t name, SenderId sender,
                                         wire::Time time) const {
  if (name == no_index || names[name].probings == no_index) return nullptr;
  const Probings& known = probings[names[name].probings];
  for (const Probing& probing : std::span(known.rows).first(known.count)) {
    if (time - probing.last < after_probing && may_be_one_host(probing.sender, sender)) {
      return &probing;
    }
  }
  return nullptr;
}

bool Census::has_news(const SeenMessage& seen) const noexcept {
  return std::ranges::any_of(seen.records, [&](const SeenRecord& entry) {
    if (entry.index == no_index) return false;
    const Observation& record = state_->records[entry.index];
    return entry.ttl == 0 || record.count() == 0 || record.said_goodbye() || record.was_flushed();
  });
}

bool Census::follows_probes(const wire::Packet& packet, const SeenMessage& seen) const noexcept {
  if (seen.sender == no_index) return false;
  const auto last = state_->senders[seen.sender].last_probe;
  return last && packet.time - *last < after_probing;
}

void Census::State::announce(Observation& record, const wire::Packet& packet,
                             const SeenMessage& message, const SeenRecord& entry,
                             const ResponseFacts& facts) {
  Announcing& series = record.announcing_;
  const wire::Time time = packet.time;
  const bool is_first = series.times == 0;
  const Duration interval = is_first ? Duration{} : time - series.last;
  if (!is_first && series.sender != message.sender && interval < longest_announcing) return;
  if (!is_first && interval < one_announcement) return;
  const bool changes = facts.has_news || (facts.follows_probes && !series.is_after_probes(time));
  const bool is_same = !is_first && series.sender == message.sender;
  const bool is_equal = is_same && !changes && is_same_interval(interval, series.interval);
  const auto equals = static_cast<std::uint16_t>(is_equal ? series.equal_intervals + 1 : 0);
  if (is_same && !changes && interval <= longest_announcing) {
    const bool is_short = series.times > 1 && !doubles(interval, series.interval);
    series.short_intervals = static_cast<std::uint16_t>(is_short ? series.short_intervals + 1 : 0);
    series.has_short_interval = series.has_short_interval || is_short;
    series.equal_intervals = equals;
    if (series.times == 1) series.second_after = interval;
    series.interval = interval;
    series.last = time;
    ++series.times;
    return;
  }
  const auto owned = names[entry.name].owned_since;
  const bool name_is_new = entry.cache_flush && (!owned || *owned == time);
  if (name_is_new) count_probes(time, message.sender, entry.name);
  const Probing* const probing = probing_of(entry.name, message.sender, time);
  const bool probed_anew = probing && (is_first || probing->last > series.last);
  const bool is_beside = is_same && changes && interval <= longest_announcing && !probed_anew;
  series = {.first = time,
            .last = time,
            .interval = is_same && !changes ? interval : Duration{},
            .sender = message.sender,
            .times = 1,
            .equal_intervals = equals,
            .after_probes = facts.follows_probes && !is_beside,
            .without_probes = name_is_new && !probing && first && time - *first >= probing_time,
            .is_beside = is_beside};
}

/// A name is announced for the first time: were there three probes?
void Census::State::count_probes(wire::Time time, SenderId sender, std::uint32_t name) {
  if (sender == no_index || names[name].probings == no_index) return;
  const Probings& known = probings[names[name].probings];
  for (const Probing& probing : std::span(known.rows).first(known.count)) {
    if (probing.sender != sender || time - probing.last >= after_probing) continue;
    if (probing.times < 3 && probing.first - *first >= probing_time) {
      senders[sender].short_probings.add(time);
    }
  }
}

/// What a multicast record does to the set that it belongs to.
void Census::State::count_in_set(const wire::Packet& packet, const SeenMessage& message,
                                 const SeenRecord& entry, const ResponseFacts& facts) {
  RecordSet& set = sets[records[entry.index].set_index_];
  const bool is_same_packet = set.in_packet > 0 && set.packet == packet.number;
  set.in_packet = is_same_packet ? set.in_packet + 1 : 1;
  set.packet = packet.number;
  if (entry.ttl == 0 || !entry.cache_flush) return;
  set.together = std::max(set.together, set.in_packet);
  set.flusher = message.sender;
  set.flushed_by_answer = facts.is_answer;
  if (set.current != entry.index && set.current != no_index && set.together < 2 &&
      has_one_owner(set.type)) {
    count_change(packet.time, message.sender, set, set.current);
  }
  set.current = entry.index;
}

/// Record `before` of a set gives way to another.
void Census::State::count_change(wire::Time time, SenderId sender, RecordSet& set,
                                 std::uint32_t before) {
  const Observation& old = records[before];
  if (may_be_one_host(sender, old.last_sender())) {
    add_to(set.updates, time, std::chrono::minutes(1));
  } else if (!old.said_goodbye()) {
    if (time - set.contests.last > std::chrono::minutes(2)) set.contests = {};
    add_to(set.contests, time, std::chrono::hours(1));
  }
}

/// Who answers for a name that another host probes for, defends it. RFC 6762 §8.1.
void Census::State::count_conflict(wire::Time time, const SeenMessage& message,
                                   const SeenRecord& entry) {
  if (!entry.cache_flush || entry.ttl == 0) return;
  Probings& known = probings[names[entry.name].probings];
  for (Probing& probing : std::span(known.rows).first(known.count)) {
    if (probing.had_conflict || time - probing.last >= std::chrono::seconds(1)) continue;
    if (may_be_one_host(probing.sender, message.sender)) continue;
    probing.had_conflict = true;
    Conflicts& conflicts = senders[probing.sender].conflicts;
    if (conflicts.times == 0 || time - conflicts.since > std::chrono::seconds(10)) {
      conflicts = {0, time, time};
    }
    ++conflicts.times;
    conflicts.last = time;
  }
}

}  // namespace srvwarden::census
