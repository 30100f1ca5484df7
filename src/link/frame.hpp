// Frames: finds the UDP payload of port 5353 in what a link carries.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "srvwarden/mdns_packet.hpp"

namespace srvwarden::link {

/// How a capture's frames begin, whatever number pcap has for it.
enum class Framing : std::uint8_t { ethernet, linux_sll, linux_sll2, raw_ip, null_loopback };

enum class FrameKind : std::uint8_t {
  mdns,       ///< a whole UDP payload from or to port 5353
  other,      ///< something else
  fragment,   ///< an IP fragment of what is or may be mDNS: not put together
  cut,        ///< mDNS, or maybe mDNS, of which the capture kept only a part
  malformed,  ///< IP or UDP headers that contradict themselves
};

/// Takes a frame apart. Fills payload, addresses, ports, TTL, MAC and interface of `packet` when
/// it is mDNS. Ethernet may have VLAN tags; IPv6 may have extension headers.
FrameKind read_frame(Framing framing, wire::Bytes frame, wire::Packet& packet) noexcept;

}  // namespace srvwarden::link
