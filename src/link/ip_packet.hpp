// IP packets: finds mDNS in them, and the fragments that may become mDNS.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "srvwarden/mdns_packet.hpp"

namespace srvwarden::link {

/// What a frame is to us.
enum class FrameKind : std::uint8_t {
  mdns,         ///< a whole UDP payload from or to port 5353
  other,        ///< something else
  fragment,     ///< a part of an IP packet that is or may be mDNS
  cut,          ///< mDNS, or maybe mDNS, of which the capture kept only a part
  malformed,    ///< headers that contradict themselves, or a frame that the air damaged
  encrypted,    ///< 802.11 data that only its receivers can read
  unsupported,  ///< a framing that is not read here
};

/// A part of an IP packet. A view, as packets are.
struct Fragment {
  std::uint32_t id = 0;
  std::uint8_t protocol = 0;  ///< that the part, or the whole, begins with
  bool more = false;          ///< others follow it
  std::uint32_t offset = 0;   ///< octets, of the data in the whole
  wire::Bytes data;
  std::uint32_t header_size = 0;  ///< octets that each fragment has before its data, but for IPv6's
                                  ///< fragment header
  std::uint32_t ip_size = 0;      ///< octets of this packet with all headers
};

/// Takes an IPv4 or IPv6 packet apart. Fills what read_frame() says.
FrameKind read_ip(wire::Bytes bytes, wire::Packet& packet, Fragment& fragment) noexcept;

/// The same for what is left of a packet below IP's own header, once put together. The packet's
/// addresses must be there.
///
/// @param protocol  IP's number of what the bytes begin with: UDP, or an IPv6 extension header.
/// @param whole     false: the end may be missing, so that a length beyond it is no fault.
FrameKind read_upper(unsigned protocol, wire::Bytes bytes, bool whole,
                     wire::Packet& packet) noexcept;

/// Whether the start of a packet, as its first fragment has it, leads to UDP of port 5353:
/// mdns, other, or malformed where not even the headers are in it. RFC 8200 §4.5.
FrameKind read_first_fragment(const Fragment& fragment, wire::Packet packet) noexcept;

}  // namespace srvwarden::link
