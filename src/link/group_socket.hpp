// GroupSocket: a UDP socket of one interface and family, bound to the mDNS group's address.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <system_error>

#include "link/interfaces.hpp"
#include "srvwarden/mdns_packet.hpp"

namespace srvwarden::link {

enum class Family : std::uint8_t { ipv4, ipv6 };

/// Makes a non-blocking socket that hears the group on this interface alone. RFC 6762 §3, §11, §15.
///
/// @return  the descriptor, which the caller owns, or -1 and the reason.
int open_group_socket(const Interface& interface, Family family, std::error_code& error) noexcept;

/// What came with a packet.
struct Received {
  wire::Packet packet;                 ///< views `buffer`; no number, no interface name
  std::optional<std::uint32_t> drops;  ///< packets dropped since the socket was made, if told
};

/// Takes one packet from the socket, or nothing and the reason (would_block if there is none).
std::optional<Received> receive(int socket, std::span<std::uint8_t> buffer,
                                std::error_code& error) noexcept;

/// Sends to the group on the socket's interface.
std::error_code send_to_group(int socket, const Interface& interface, Family family,
                              wire::Bytes message) noexcept;

}  // namespace srvwarden::link
