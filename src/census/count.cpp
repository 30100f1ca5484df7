// Counting a packet: what it does to the rows that it is told in.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "census/state.hpp"

namespace srvwarden::census {

namespace {

using wire::Section;
using wire::Type;
using Duration = wire::Time::duration;

/// The same question within this is one, sent by both families. RFC 6762 §5.2 has a second between
/// askings.
constexpr auto one_asking = std::chrono::milliseconds(500);

/// Probes further apart belong to another series: three in half a second are one. RFC 6762 §8.1.
constexpr auto one_probing = std::chrono::seconds(1);

/// Announcements closer than this are copies on both families.
constexpr auto one_announcement = std::chrono::milliseconds(200);

void announce(Announcing& announcing, wire::Time time) {
  if (announcing.times > 0 && time - announcing.last < one_announcement) return;
  const Duration interval = announcing.times > 0 ? time - announcing.last : Duration{};
  const bool again = is_same_interval(interval, announcing.interval);
  announcing.equal_intervals =
      static_cast<std::uint16_t>(again ? announcing.equal_intervals + 1 : 0);
  announcing.interval = interval;
  announcing.last = time;
  ++announcing.times;
}

}  // namespace

void Census::count(const wire::Packet& packet, const SeenMessage& seen) {
  State& state = *state_;
  ++state.counts.packets;
  ++(seen.is_response() ? state.counts.responses : state.counts.queries);
  if (seen.malformed) ++state.counts.malformed;
  if (!state.first) state.first = packet.time;
  state.now = std::max(state.now, packet.time);
  if (packet.interface != state.last_interface && !packet.interface_name.empty()) {
    state.interfaces.try_emplace(packet.interface, packet.interface_name);
    state.last_interface = packet.interface;
  }
  state.count_sender(packet, seen);
  if (!seen.is_response()) {
    for (const SeenQuestion& question : seen.questions) {
      state.count_question(packet, seen, question);
    }
    return;
  }
  const bool answers = is_answer(packet, seen);
  for (const SeenRecord& record : seen.records) {
    if (record.type != Type::opt) state.count_record(packet, seen, record, answers);
  }
}

bool Census::is_answer(const wire::Packet& packet, const SeenMessage& seen) const noexcept {
  return std::ranges::any_of(seen.records, [&](const SeenRecord& record) {
    return record.section == Section::answer && record.index != no_index &&
           was_asked_for(record.name, record.type, packet.interface, packet.time);
  });
}

void Census::State::count_sender(const wire::Packet& packet, const SeenMessage& seen) {
  if (seen.sender == no_index) return;
  Sender& sender = senders[seen.sender];
  ++sender.packets;
  if (seen.is_response()) ++sender.responses;
  sender.last = packet.time;
  if (!sender.mac) sender.mac = packet.mac;
  if (packet.mac && packet.mac != sender.mac) sender.several_macs = true;
}

void Census::State::count_question(const wire::Packet& packet, const SeenMessage& seen,
                                   const SeenQuestion& asked) {
  if (seen.is_probe() && asked.has_answer) return count_probe(packet.time, seen.sender, asked.name);
  if (asked.row == no_index) {
    ++counts.questions_dropped;
    return;
  }
  Question& question = questions[asked.row];
  if (!asked.has_answer) {
    if (question.times == 0 || packet.time - question.last >= one_asking) ++question.times;
    question.last = std::max(question.last, packet.time);
  }
  question.last_any = std::max(question.last_any, packet.time);
  question.asker = seen.sender;
  question.wanted_unicast = asked.wants_unicast;
  question.had_answers = asked.has_answer;
  if (asked.asking == no_index) return;
  Asking& asking = askings[asked.asking];
  if (asking.times++ > 0) asking.interval = packet.time - asking.last;
  asking.last = packet.time;
  asking.wanted_unicast = asked.wants_unicast;
}

void Census::State::count_probe(wire::Time time, SenderId sender, std::uint32_t name) {
  if (name == no_index || sender == no_index) return;
  if (names[name].probings == no_index) {
    if (probings.size() >= limits.questions) {
      ++counts.questions_dropped;
      return;
    }
    names[name].probings = static_cast<std::uint32_t>(probings.size());
    probings.emplace_back();
  }
  Probings& known = probings[names[name].probings];
  const auto rows = std::span(known.rows).first(known.count);
  auto at = std::ranges::find(rows, sender, &Probing::sender);
  if (at == rows.end()) {
    const bool full = known.count == known.rows.size();
    const std::size_t index =
        full ? static_cast<std::size_t>(std::ranges::min_element(rows, {}, &Probing::last) -
                                        rows.begin())
             : known.count++;
    known.rows[index] = {.sender = sender, .first = time, .last = time, .times = 1};
    return;
  }
  const Duration gap = time - at->last;
  if (gap > one_probing) {
    *at = {.sender = sender, .first = time, .last = time, .times = 1};
    return;
  }
  at->shortest = at->times == 1 ? gap : std::min(at->shortest, gap);
  at->longest = std::max(at->longest, gap);
  at->last = time;
  ++at->times;
}

void Census::State::count_record(const wire::Packet& packet, const SeenMessage& message,
                                 const SeenRecord& entry, bool is_answer) {
  ++counts.records;
  if (entry.index == no_index) {
    ++counts.records_dropped;
    return;
  }
  Observation& record = records[entry.index];
  const Sighting sighting{packet.number, packet.time, packet.source.address};
  if (record.count_++ == 0) record.first_ = sighting;
  record.last_ = sighting;
  if (entry.ttl == 0 || record.ttl_ == 0) record.announcing_ = {};  // a new life
  record.ttl_ = entry.ttl;
  record.full_ttl_ = std::max(record.full_ttl_, entry.ttl);
  if (message.role == MessageRole::multicast_response) {
    record.last_multicast_ = packet.time;
    if (entry.section == Section::answer && !is_answer && entry.ttl > 0) {
      announce(record.announcing_, packet.time);
    }
  }
  if (message.sender != no_index && message.sender != record.last_sender_) {
    record.last_sender_ = message.sender;
    const auto known = record.senders();
    if (known.size() < Observation::max_senders &&
        std::ranges::find(known, message.sender) == known.end()) {
      record.senders_[record.sender_count_++] = message.sender;
    }
  }
  if (entry.cache_flush) sets[record.set_index_].flushed_at = packet.time;
}

}  // namespace srvwarden::census
