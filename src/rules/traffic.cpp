// Telling what happens in a packet, and whom to ask about it.
// SPDX-License-Identifier: Apache-2.0
#include "rules/traffic.hpp"

#include <algorithm>
#include <chrono>

#include "rules/traffic_rules.hpp"

namespace srvwarden::rules {

namespace {

using census::Observation;
using census::SeenRecord;
using wire::Section;
using wire::Type;

constexpr auto one_second = std::chrono::seconds(1);

Occasions operator|(Occasion a, Occasion b) { return static_cast<Occasions>(bits(a) | bits(b)); }

Occasions occasions_of_query(const census::SeenMessage& message) noexcept {
  const bool probes = message.probes();
  const bool asks = !std::ranges::all_of(message.questions, &census::SeenQuestion::proposes);
  const bool lists = std::ranges::any_of(
      message.records, [](const SeenRecord& record) { return record.section == Section::answer; });
  return static_cast<Occasions>((probes ? bits(Occasion::probe) : 0) |
                                (asks ? bits(Occasion::question) : 0) |
                                (lists ? bits(Occasion::known_answer) : 0));
}

/// What happens to one record of a multicast response.
unsigned occasions_of(const Traffic& traffic, const SeenRecord& record) noexcept {
  const Observation* before = traffic.before(record);
  if (!before) return 0;
  const wire::Time time = traffic.packet.time;
  unsigned occasions = 0;
  if (record.cache_flush && record.ttl > 0) {
    const std::uint32_t current = before->set().current;
    if (current != record.index && current != census::no_index) occasions |= bits(Occasion::change);
    if (before->set().flusher == traffic.message.sender && before->was_flushed()) {
      occasions |= bits(Occasion::returning);
    }
  }
  if (before->count() == 0) return occasions | bits(Occasion::appearance);
  const auto last = before->last_multicast();
  if (last && time - *last < one_second) {
    occasions |= before->last_sender() == traffic.message.sender
                     ? bits(Occasion::hasty_repeat)
                     : Occasion::hasty_repeat | Occasion::other_answer;
  }
  const census::Listing& listing = before->listing();
  if (listing.is_listed && time - listing.last < 2 * one_second) {
    occasions |= bits(Occasion::listed_answer);
  }
  return occasions;
}

/// Answers come 20 to 120 ms after a question, or up to 620 ms where there is much to say.
bool is_untimely(const Traffic& traffic) noexcept {
  const auto last = traffic.census.last_query();
  if (!last) return false;
  const auto delay = traffic.packet.time - *last;
  return delay < std::chrono::milliseconds(20) || delay > std::chrono::milliseconds(620);
}

}  // namespace

const Observation* Traffic::before(const SeenRecord& record) const noexcept {
  return record.index == census::no_index ? nullptr : &census.records()[record.index];
}

bool Traffic::is_probed(std::uint32_t name) const noexcept {
  return std::ranges::any_of(census.probings(name), [&](const census::Probing& probing) {
    return packet.time - probing.last < one_second && is_other_host(probing.sender);
  });
}

Traffic look_at(const wire::Packet& packet, const census::SeenMessage& message,
                const census::Census& census, bool is_known) noexcept {
  Traffic traffic{packet, message, census};
  if (!message.is_response()) {
    traffic.occasions = occasions_of_query(message);
    return traffic;
  }
  if (!traffic.is_multicast()) {
    traffic.occasions = bits(Occasion::unicast_response);
    return traffic;
  }
  unsigned occasions = is_known ? 0 : bits(Occasion::unknown_packet);
  for (const SeenRecord& record : message.records) occasions |= occasions_of(traffic, record);
  traffic.is_answer = census.is_answer(packet, message);
  if (!traffic.is_answer) {
    occasions |= bits(Occasion::announcement);
  } else if (is_untimely(traffic)) {
    occasions |= bits(Occasion::untimely_answer);
  }
  traffic.occasions = static_cast<Occasions>(occasions);
  return traffic;
}

std::string text_of(const census::Census& census, std::uint32_t name, wire::Type type) {
  return name == census::no_index ? wire::type_text(type)
                                  : census.name(name).text() + ' ' + wire::type_text(type);
}

std::string in_milliseconds(wire::Time::duration time) {
  return std::to_string(std::chrono::round<std::chrono::milliseconds>(time).count()) + " ms";
}

std::string in_seconds(wire::Time::duration time) {
  return std::to_string(std::chrono::round<std::chrono::seconds>(time).count()) + " s";
}

Span place_of(const SeenRecord& record) noexcept { return {record.offset, 0}; }

std::span<const TrafficTable> traffic_tables() noexcept {
  static constexpr Occasions queries =
      static_cast<Occasions>(bits(Occasion::question) | bits(Occasion::known_answer));
  static constexpr Occasions beginnings =
      static_cast<Occasions>(bits(Occasion::announcement) | bits(Occasion::appearance));
  static constexpr TrafficTable tables[] = {
      {bits(Occasion::announcement), announcement_rules},
      {beginnings, first_announcement_rules},
      {bits(Occasion::hasty_repeat), hasty_repeat_rules},
      {bits(Occasion::probe), probe_rules},
      {bits(Occasion::question), question_rules},
      {queries, continuation_rules},
      {bits(Occasion::known_answer), known_answer_rules},
      {bits(Occasion::listed_answer), listed_answer_rules},
      {bits(Occasion::other_answer), other_answer_rules},
      {bits(Occasion::untimely_answer), untimely_answer_rules},
      {bits(Occasion::unicast_response), unicast_response_rules},
      {bits(Occasion::change), change_rules},
      {bits(Occasion::returning), returning_record_rules},
      {bits(Occasion::unknown_packet), address_answer_rules},
  };
  return tables;
}

void run_traffic_rules(const Traffic& traffic, const Policy& policy, Findings& out) {
  for (const TrafficTable& table : traffic_tables()) {
    if ((traffic.occasions & table.occasions) != 0) {
      run(table.rows(), traffic, policy, SourceMap(), out);
    }
  }
}

}  // namespace srvwarden::rules
