// Frames: finds the UDP payload of port 5353 in what a link carries.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "link/ip_packet.hpp"
#include "srvwarden/mdns_packet.hpp"

namespace srvwarden::link {

/// How a capture's frames begin.
enum class Framing : std::uint8_t {
  ethernet,
  linux_sll,
  linux_sll2,
  raw_ip,
  null_loopback,
  wifi,
  wifi_radiotap,
  wifi_ppi,
};

/// The framing of a link type as tcpdump.org/linktypes.html numbers them, if it is known here.
std::optional<Framing> framing_of(std::uint32_t link_type) noexcept;

/// Takes a frame apart. Fills payload, addresses, ports, TTL, sizes, MAC and interface of `packet`
/// when it is mDNS. Ethernet may have any number of VLAN tags; IPv6 may have extension headers.
///
/// @param fragment  filled where the frame is one.
FrameKind read_frame(Framing framing, wire::Bytes frame, wire::Packet& packet,
                     Fragment& fragment) noexcept;

}  // namespace srvwarden::link
