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

/// Within this, one question that is sent over both families.
constexpr auto both_families = std::chrono::milliseconds(20);

/// Probes as far apart belong to another series: three in half a second are one, and who lost a
/// tie-break waits for a second. RFC 6762 §8.1, §8.2.
constexpr auto one_probing = std::chrono::seconds(1);

/// The same packet from the same sender, within this: a capture has it twice.
constexpr auto one_packet = std::chrono::milliseconds(10);

}  // namespace

void Census::count(const wire::Packet& packet, const SeenMessage& seen, bool is_answer) {
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
  if (!seen.is_response()) {
    for (const SeenRecord& record : seen.records) state.count_listing(packet, record);
    for (const SeenQuestion& question : seen.questions) {
      state.count_question(packet, seen, question);
    }
    state.last_query = packet.time;
    state.count_sender(packet, seen);
    return;
  }
  ResponseFacts facts{.is_answer = is_answer};
  if (!facts.is_answer) {
    facts.has_news = has_news(seen);
    facts.follows_probes = follows_probes(packet, seen);
  }
  for (const SeenRecord& record : seen.records) {
    if (record.type != Type::opt) state.count_record(packet, seen, record, facts);
  }
  state.count_sender(packet, seen);
}

bool Census::is_answer(const wire::Packet& packet, const SeenMessage& seen) const noexcept {
  return std::ranges::any_of(seen.records, [&](const SeenRecord& record) {
    return record.section == Section::answer && record.index != no_index &&
           was_asked_for(record.name, record.type, packet.interface, packet.time, seen.sender);
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
  if (seen.is_response()) return;
  const bool continues = seen.questions.empty();
  if (sender.awaits_continuation && !continues &&
      packet.time - *sender.last_query >= std::chrono::seconds(1)) {
    sender.lone_truncations.add(*sender.last_query);
  }
  sender.awaits_continuation = seen.truncated && (!continues || sender.awaits_continuation);
  sender.last_query = packet.time;
  sender.query_size = static_cast<std::uint32_t>(packet.payload.size());
}

void Census::State::count_question(const wire::Packet& packet, const SeenMessage& seen,
                                   const SeenQuestion& asked) {
  const bool by_unicast = asked.wants_unicast || !packet.destination.address.is_multicast();
  Asking* const asking = asked.asking == no_index ? nullptr : &askings[asked.asking];
  if (asking && by_unicast) asking->last_unicast = packet.time;
  if (asked.proposes) return count_probe(packet.time, seen, asked);
  if (asked.row == no_index) {
    ++counts.questions_dropped;
    return;
  }
  Question& question = questions[asked.row];
  if (!asked.has_answer) {
    if (question.times == 0 || packet.time - question.last >= one_asking) {
      ++question.times;
      if (!by_unicast && !seen.truncated) {
        std::shift_right(question.in_public.begin(), question.in_public.end(), 1);
        question.in_public.front() = packet.time;
      }
    }
    question.last = std::max(question.last, packet.time);
  }
  if (packet.time - question.last_any >= both_families) question.before_last = question.last_any;
  question.last_any = std::max(question.last_any, packet.time);
  question.asker = seen.sender;
  question.packet = packet.number;
  question.wanted_unicast = asked.wants_unicast;
  question.had_answers = asked.has_answer;
  if (!asking) return;
  if (asking->times > 0 && packet.time - asking->last < one_packet) return;
  if (asking->times++ > 0) asking->interval = packet.time - asking->last;
  asking->last = packet.time;
  asking->wanted_unicast = asked.wants_unicast;
  asking->had_answers = asked.has_answer;
  asking->truncated = seen.truncated;
}

/// A record that a query lists as known. Runs before the questions are counted.
void Census::State::count_listing(const wire::Packet& packet, const SeenRecord& entry) {
  if (entry.section != Section::answer || entry.index == no_index) return;
  Observation& record = records[entry.index];
  if (std::uint64_t{entry.ttl} * 2 < record.full_ttl_) return;
  const std::uint32_t row = find_question(entry.name, entry.type, packet.interface);
  if (row == no_index) return;
  Listing& listing = record.listing_;
  const bool goes_on = listing.is_listed && listing.last == questions[row].last_any;
  if (!goes_on) listing.asked_before = questions[row].last_any;
  listing.last = packet.time;
  listing.is_listed = true;
}

void Census::State::count_probe(wire::Time time, const SeenMessage& seen,
                                const SeenQuestion& asked) {
  if (asked.name == no_index || seen.sender == no_index) return;
  senders[seen.sender].last_probe = time;
  if (names[asked.name].probings == no_index) {
    if (probings.size() >= limits.questions) {
      ++counts.questions_dropped;
      return;
    }
    names[asked.name].probings = static_cast<std::uint32_t>(probings.size());
    probings.emplace_back();
  }
  Probings& known = probings[names[asked.name].probings];
  const auto rows = std::span(known.rows).first(known.count);
  auto at = std::ranges::find(rows, seen.sender, &Probing::sender);
  const bool is_new = at == rows.end();
  if (is_new && known.count < known.rows.size()) {
    at = rows.begin() + static_cast<std::ptrdiff_t>(known.count++);
  } else if (is_new) {
    at = std::ranges::min_element(rows, {}, &Probing::last);
  }
  Probing& probing = *at;
  const Duration gap = time - probing.last;
  if (!is_new && gap < one_packet) return;
  if (is_new || gap >= one_probing) {
    probing.sender = seen.sender;
    probing.first = time;
    probing.times = 0;
    probing.types = asked.proposed_types;
    probing.by_unicast = false;
    probing.has_varied = false;
    probing.had_conflict = false;
  } else {
    probing.shortest = probing.times == 1 ? gap : std::min(probing.shortest, gap);
    probing.longest = probing.times == 1 ? gap : std::max(probing.longest, gap);
    if (probing.types != asked.proposed_types) probing.has_varied = true;
    probing.types |= asked.proposed_types;
  }
  probing.by_unicast = probing.by_unicast || asked.wants_unicast;
  probing.last = time;
  ++probing.times;
  probing.proposal = seen.proposal(asked).substr(0, Probing::max_proposal);
}

void Census::State::count_record(const wire::Packet& packet, const SeenMessage& message,
                                 const SeenRecord& entry, const ResponseFacts& facts) {
  ++counts.records;
  if (entry.index == no_index) {
    ++counts.records_dropped;
    return;
  }
  Observation& record = records[entry.index];
  const Sighting sighting{packet.number, packet.time, packet.source.address};
  const bool is_first = record.count_++ == 0;
  if (is_first) record.first_ = sighting;
  record.last_ = sighting;
  if (entry.ttl == 0) {  // what comes now is a new life
    record.announcing_ = {};
    record.multicasts_ = {};
    record.listing_ = {};
  }
  if (record.ttl_ == 0 && entry.ttl > 0) record.begun_ = packet.time;
  record.ttl_ = entry.ttl;
  record.full_ttl_ = std::max(record.full_ttl_, entry.ttl);
  if (names[entry.name].probings != no_index) count_conflict(packet.time, message, entry);
  if (message.role == MessageRole::multicast_response) {
    record.last_multicast_ = packet.time;
    if (entry.ttl > 0) {
      record.multicasts_[packet.source.address.is_ipv6() ? 1 : 0] = {packet.time, message.sender};
    }
    if (entry.section == Section::answer && !facts.is_answer && entry.ttl > 0) {
      announce(record, packet, message, entry, facts);
    }
    count_in_set(packet, message, entry, facts);
  }
  if (message.sender != no_index && message.sender != record.last_sender_) {
    record.last_sender_ = message.sender;
    const auto known = record.senders();
    if (known.size() < Observation::max_senders &&
        std::ranges::find(known, message.sender) == known.end()) {
      record.senders_[record.sender_count_++] = message.sender;
    }
  }
  if (!entry.cache_flush) return;
  sets[record.set_index_].flushed_at = packet.time;
  if (entry.ttl > 0 && !names[entry.name].owned_since) {
    names[entry.name].owned_since = packet.time;
  }
}

}  // namespace srvwarden::census
