// Differences between packets: headers, ports, hop limits, destinations, sizes.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>

#include "rules/story/differences.hpp"

namespace srvwarden::rules::story {

namespace {

using Out = std::vector<Sided>;

/// Values of responses: where one side has none, silence is the difference.
bool both_speak(const Profile& good, const Profile& bad) {
  return good.responses > 0 && bad.responses > 0;
}

std::string text_of(const std::string& value) { return value; }
template <class Number>
std::string text_of(Number value) {
  return std::to_string(value);
}

template <class Value>
std::string listed(const std::set<Value>& values) {
  constexpr std::size_t most = 4;
  std::string out;
  std::size_t number = 0;
  for (const Value& value : values) {
    if (number++ == most) return out + ", ...";
    out.append(out.empty() ? "" : ", ").append(text_of(value));
  }
  return out.empty() ? "none" : out;
}

void find_port(const Profile& good, const Profile& bad, Out& out) {
  if (!both_speak(good, bad) || good.source_ports == bad.source_ports) return;
  const bool has_right = bad.source_ports.contains(wire::mdns_port);
  const bool is_right = has_right && bad.source_ports.size() == 1;
  out.push_back({"source port of responses", listed(good.source_ports), listed(bad.source_ports),
                 is_right    ? Weight::noise
                 : has_right ? Weight::some
                             : Weight::breaks});
}

/// 255 less a few hops: it left as it should, and something between took from it.
bool was_routed(std::uint8_t ttl) { return ttl >= 240 && ttl < 255; }

void find_ip_ttl(const Profile& good, const Profile& bad, Out& out) {
  if (!both_speak(good, bad) || good.ip_ttls == bad.ip_ttls) return;
  const bool is_right = bad.ip_ttls == std::set<std::uint8_t>{255};
  const bool routed = std::ranges::any_of(bad.ip_ttls, was_routed);
  out.push_back({"IP TTL or hop limit of responses", listed(good.ip_ttls), listed(bad.ip_ttls),
                 is_right || bad.ip_ttls.empty() ? Weight::noise : Weight::some, "MD004",
                 routed ? Fault::network : Fault::sender});
}

struct Bit {
  std::uint16_t mask;
  std::string_view name;
  std::string_view rule;
  Weight weight;
  bool should_be_set = false;
};

constexpr Bit bits[] = {
    {0x7800, "opcode", "MD013", Weight::breaks},
    {0x000F, "response code", "MD021", Weight::breaks},
    {0x0400, "AA bit", "MD014", Weight::some, true},
    {0x0200, "TC bit", "MD015", Weight::manners},
    {0x0100, "RD bit", "MD016", Weight::noise},
    {0x0080, "RA bit", "MD017", Weight::noise},
    {0x0040, "Z bit", "MD018", Weight::noise},
    {0x0020, "AD bit", "MD019", Weight::noise},
    {0x0010, "CD bit", "MD020", Weight::noise},
};

void find_flags(const Profile& good, const Profile& bad, Out& out) {
  if (!both_speak(good, bad)) return;
  for (const Bit& bit : bits) {
    const auto values = [&](const Profile& profile) {
      std::set<bool> set;
      for (const std::uint16_t flags : profile.flags) set.insert((flags & bit.mask) != 0);
      return set;
    };
    const auto words = [](const std::set<bool>& set) {
      return set.size() > 1 ? "sometimes set" : *set.begin() ? "set" : "zero";
    };
    const auto ours = values(good);
    const auto theirs = values(bad);
    if (ours == theirs) continue;
    const bool is_right = theirs == std::set{bit.should_be_set};
    out.push_back({std::string(bit.name) + " of responses", words(ours), words(theirs),
                   is_right ? Weight::noise : bit.weight, bit.rule});
  }
}

void find_id(const Profile& good, const Profile& bad, Out& out) {
  if (!both_speak(good, bad)) return;
  const auto is_zero = [](const Profile& profile) {
    return profile.ids.empty() || profile.ids == std::set<std::uint16_t>{0};
  };
  if (is_zero(good) == is_zero(bad)) return;
  out.push_back({"ID of multicast responses", is_zero(good) ? "0" : "not 0",
                 is_zero(bad) ? "0" : "not 0", is_zero(bad) ? Weight::noise : Weight::manners});
}

void find_destination(const Profile& good, const Profile& bad, Out& out) {
  if (!both_speak(good, bad) || good.destinations == bad.destinations) return;
  const bool only_unicast = bad.destinations == std::set<std::string>{"unicast"};
  const bool loses_family = std::ranges::any_of(good.destinations, [&](const std::string& to) {
    return to != "unicast" && !bad.destinations.contains(to);
  });
  out.push_back({"where responses go",
                 listed(good.destinations),
                 listed(bad.destinations),
                 only_unicast || loses_family ? Weight::some : Weight::noise,
                 {},
                 loses_family && !only_unicast ? Fault::network : Fault::sender});
}

void find_size(const Profile& good, const Profile& bad, Out& out) {
  constexpr std::size_t fits = 1472;  ///< octets: Ethernet less the headers of IPv4 and UDP
  if (!both_speak(good, bad) || good.largest == bad.largest) return;
  const bool grew = bad.largest > fits && good.largest <= fits;
  out.push_back({"largest response", std::to_string(good.largest) + " octets",
                 std::to_string(bad.largest) + " octets", grew ? Weight::some : Weight::noise});
}

constexpr DifferenceRow rows[] = {
    {.id = "source-port",
     .rule = "MD001",
     .fault = Fault::sender,
     .why = "Receivers must ignore responses from any other port than 5353.",
     .find = find_port},
    {.id = "header",
     .fault = Fault::sender,
     .why = "Responses with an opcode or a response code are ignored; some receivers want AA set; "
            "the other bits are ignored.",
     .find = find_flags},
    {.id = "ip-ttl",
     .rule = "MD004",
     .why = "Strict receivers take another value than 255 for a packet from another link and drop "
            "it; a little less than 255 was routed on the way.",
     .find = find_ip_ttl},
    {.id = "destination",
     .reference = {6762, "6"},
     .why = "What does not go to the group of a family is not heard by those who listen there.",
     .find = find_destination},
    {.id = "id",
     .rule = "MD011",
     .fault = Fault::sender,
     .why = "Receivers ignore it, but must be sent zero.",
     .find = find_id},
    {.id = "size",
     .reference = {6762, "17"},
     .why = "What does not fit in a frame is sent in fragments, which some networks drop.",
     .find = find_size},
};

}  // namespace

std::span<const DifferenceRow> packet_differences() noexcept { return rows; }

}  // namespace srvwarden::rules::story
