// WirePacketText: a packet as the catalogue's examples write it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "srvwarden/mdns_packet.hpp"

namespace srvwarden::rules {

/// A packet in text: what is not usual of it, then the payload.
///
///     ttl=1 sport=49152 0000 8400 0000 0001 0000 0000 01'h'05'local'00 ...
///
/// `from=` and `to=` are addresses (10.0.0.1, 224.0.0.251), `sport=` and `dport=` ports (5353),
/// `ttl=` the IP TTL (255), and `after-tc` says that the sender's last query had TC. The payload
/// is hexadecimal, where 'text' in single quotes stands for its octets and spaces for nothing.
struct WirePacketText {
  wire::Packet packet;  ///< views payload: do not copy
  std::vector<std::uint8_t> payload;
  std::vector<std::size_t> source;  ///< of each octet in the text, and of the end
  bool follows_truncated = false;
};

/// Reads such a text; nothing if it is none.
std::optional<WirePacketText> read_wire_packet(std::string_view text);

}  // namespace srvwarden::rules
