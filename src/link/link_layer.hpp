// The link layer's headers, one function each: they lead to an IP packet, or say why not.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "link/ip_packet.hpp"
#include "wire/reader.hpp"

namespace srvwarden::link {

/// What a frame carries.
struct LinkPayload {
  FrameKind kind = FrameKind::other;  ///< mdns: the IP packet will tell
  wire::Bytes ip;                     ///< for mdns
};

constexpr std::uint32_t link_type_wifi = 105;

/// What follows an EtherType; VLAN tags may stand before the one that tells.
LinkPayload read_ethertype(unsigned ethertype, wire::Reader reader) noexcept;
/// An LLC header and what follows it. IEEE 802.2, RFC 1042.
LinkPayload read_llc(wire::Reader reader) noexcept;

/// An IEEE 802.11 frame, as a card in monitor mode gives it.
///
/// @param padded  its header is filled up to a multiple of four octets.
LinkPayload read_wifi(wire::Bytes frame, wire::Packet& packet, bool padded = false) noexcept;
/// The same behind a radiotap header (radiotap.org), or behind that of CACE's PPI.
LinkPayload read_radiotap(wire::Bytes frame, wire::Packet& packet) noexcept;
LinkPayload read_ppi(wire::Bytes frame, wire::Packet& packet) noexcept;

/// Remembers the sender's address: the first six octets, if there are so many.
void take_mac(wire::Bytes octets, wire::Packet& packet) noexcept;

}  // namespace srvwarden::link
