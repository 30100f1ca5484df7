// Telling what happens in a packet, and whom to ask about it.
// SPDX-License-Identifier: Apache-2.0
#include "rules/traffic.hpp"

#include <algorithm>

#include "rules/traffic_rules.hpp"

namespace srvwarden::rules {

namespace {

using census::Observation;
using census::SeenRecord;
using wire::Section;
using wire::Type;

constexpr auto one_second = std::chrono::seconds(1);

constexpr std::uint16_t bit(Occasion occasion) { return static_cast<std::uint16_t>(occasion); }

std::uint16_t occasions_of_query(const census::SeenMessage& message) noexcept {
  const bool probes = message.is_probe();
  const bool lists = std::ranges::any_of(
      message.records, [](const SeenRecord& record) { return record.section == Section::answer; });
  const bool asks = !message.questions.empty() && !probes;
  return static_cast<std::uint16_t>((probes ? bit(Occasion::probe) : 0) |
                                    (asks ? bit(Occasion::question) : 0) |
                                    (lists ? bit(Occasion::known_answer) : 0));
}

/// What happens to one record of a response.
std::uint16_t occasions_of(const Traffic& traffic, const SeenRecord& record) noexcept {
  const Observation* before = traffic.before(record);
  if (!before) return 0;
  unsigned occasions = record.ttl == 0 ? bit(Occasion::goodbye) : 0u;
  if (before->count() == 0)
    return static_cast<std::uint16_t>(occasions | bit(Occasion::appearance));
  if (before->last_sender() != traffic.message.sender) occasions |= bit(Occasion::other_sender);
  const auto last = before->last_multicast();
  if (traffic.is_multicast() && last && traffic.packet.time - *last < one_second) {
    occasions |= bit(Occasion::hasty_repeat);
  }
  return static_cast<std::uint16_t>(occasions);
}

}  // namespace

const Observation* Traffic::before(const SeenRecord& record) const noexcept {
  return record.index == census::no_index ? nullptr : &census.records()[record.index];
}

bool Traffic::is_probed(std::uint32_t name) const noexcept {
  return std::ranges::any_of(census.probings(name), [&](const census::Probing& probing) {
    return packet.time - probing.last < one_second;
  });
}

Traffic look_at(const wire::Packet& packet, const census::SeenMessage& message,
                const census::Census& census) noexcept {
  Traffic traffic{packet, message, census};
  if (!message.is_response()) {
    traffic.occasions = occasions_of_query(message);
    return traffic;
  }
  unsigned occasions = 0;
  for (const SeenRecord& record : message.records) occasions |= occasions_of(traffic, record);
  if (!traffic.is_multicast()) {
    occasions |= bit(Occasion::unicast_response);
  } else {
    occasions |= bit(census.is_answer(packet, message) ? Occasion::answer : Occasion::announcement);
  }
  traffic.occasions = static_cast<std::uint16_t>(occasions);
  return traffic;
}

Span place_of(const SeenRecord& record) noexcept { return {record.offset, 0}; }

std::span<const TrafficTable> traffic_tables() noexcept {
  static constexpr TrafficTable tables[] = {
      {Occasion::announcement, announcement_rules},
      {Occasion::hasty_repeat, hasty_repeat_rules},
  };
  return tables;
}

void run_traffic_rules(const Traffic& traffic, const Policy& policy, Findings& out) {
  for (const TrafficTable& table : traffic_tables()) {
    if (traffic.has(table.occasion)) run(table.rows(), traffic, policy, SourceMap(), out);
  }
}

}  // namespace srvwarden::rules
