// Traffic: what the rules of sequences judge, a packet beside all that was seen before it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "rules/rule.hpp"
#include "srvwarden/census.hpp"

namespace srvwarden::rules {

/// What happens in a packet, so that only the rules that may find something are asked. Bits.
enum class Occasion : std::uint16_t {
  question = 1,            ///< a query asks, and does not probe
  probe = 2,               ///< a query proposes records
  known_answer = 4,        ///< a query lists records
  appearance = 8,          ///< a record that was never announced before
  hasty_repeat = 16,       ///< a record that was multicast less than a second before
  announcement = 32,       ///< a multicast response that nobody asked for
  other_answer = 64,       ///< an answer that another sender multicast in the second before
  change = 128,            ///< a unique record in the place of another
  unicast_response = 256,  ///< to a querier that knows mDNS, or to a legacy one
  untimely_answer = 512,   ///< too soon after the last query, or too long
  listed_answer = 1024,    ///< a record that a query of the last two seconds listed as known
  returning = 2048,        ///< a record that its sender had left out of an answer
  unknown_packet = 4096,   ///< a multicast response that is not known octet by octet
};
using Occasions = std::uint16_t;  ///< bits
constexpr Occasions bits(Occasion occasion) { return static_cast<Occasions>(occasion); }

/// A view for the time of the rules. The census is as it was before the packet.
struct Traffic {
  const wire::Packet& packet;
  const census::SeenMessage& message;
  const census::Census& census;
  bool is_answer = false;  ///< of a multicast response: Census::is_answer
  Occasions occasions = 0;

  bool has(Occasion occasion) const noexcept { return (occasions & bits(occasion)) != 0; }
  /// Whether another sender is surely another host.
  bool is_other_host(census::SenderId sender) const noexcept {
    return !census.may_be_one_host(sender, message.sender);
  }
  /// The record as it was before, or null where there was none (or no room for it).
  const census::Observation* before(const census::SeenRecord& record) const noexcept;
  /// Whether another host probed for a name in the last second.
  bool is_probed(std::uint32_t name) const noexcept;
  bool is_multicast() const noexcept {
    return message.role == census::MessageRole::multicast_response;
  }
  /// What a capture shows first may have begun long before: whether this is at least `time` after
  /// its first packet.
  bool is_after(wire::Time::duration time) const noexcept {
    return packet.time - census.first() >= time;
  }
};

/// @param is_known  the auditor has met the same packet, octet by octet.
Traffic look_at(const wire::Packet& packet, const census::SeenMessage& message,
                const census::Census& census, bool is_known) noexcept;

/// "_http._tcp.local. PTR"
std::string text_of(const census::Census& census, std::uint32_t name, wire::Type type);
std::string in_milliseconds(wire::Time::duration time);
std::string in_seconds(wire::Time::duration time);

/// Where a finding about a record is: whose it is, is told by it.
Span place_of(const census::SeenRecord& record) noexcept;
/// Where a finding about the sender of a message is.
constexpr Span sender_place{0, 0};

/// Rules that ask to be asked on any of some occasions.
struct TrafficTable {
  Occasions occasions = 0;
  Table<Traffic> (*rows)() = nullptr;
};
std::span<const TrafficTable> traffic_tables() noexcept;

/// Runs those of them whose occasion it is.
void run_traffic_rules(const Traffic& traffic, const Policy& policy, Findings& out);

}  // namespace srvwarden::rules
