// Interfaces: which of them mDNS can be heard on.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "link/link_error.hpp"
#include "srvwarden/mdns_packet.hpp"

namespace srvwarden::link {

struct Interface {
  std::string name;
  std::uint32_t index = 0;
  bool is_up = false;
  bool can_multicast = false;
  bool is_loopback = false;
  bool has_ipv4 = false;  ///< an address to send from
  bool has_ipv6 = false;
  std::vector<wire::Address> addresses = {};

  friend bool operator==(const Interface&, const Interface&) = default;
};

/// All interfaces of the network namespace that we are in, or nothing and the reason.
std::optional<std::vector<Interface>> list_interfaces(LinkError& error);

/// The interfaces to listen on: those named, or, without names, all that are up and can multicast,
/// but for the loopback.
///
/// @return  at least one, or nothing and the reason: none there, unknown name, not up, no
/// multicast.
std::optional<std::vector<Interface>> choose_interfaces(std::span<const Interface> all,
                                                        std::span<const std::string> names,
                                                        LinkError& error);

}  // namespace srvwarden::link
