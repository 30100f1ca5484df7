// Frames and capture files made by hand, so that tests need no captures of others.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "srvwarden/mdns_packet.hpp"
#include "wire/hex.hpp"

namespace srvwarden::test {

using Octets = std::vector<std::uint8_t>;

inline void append(Octets& out, const Octets& more) {
  out.insert(out.end(), more.begin(), more.end());
}
inline void append16(Octets& out, std::size_t value) {
  append(out, {static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)});
}
inline void append32_little(Octets& out, std::size_t value) {
  for (int i = 0; i < 4; ++i) out.push_back(static_cast<std::uint8_t>(value >> 8 * i));
}
inline Octets address(std::string_view text) {
  const wire::Address parsed = wire::Address::parse(text).value();
  return {parsed.octets().begin(), parsed.octets().end()};
}

inline Octets udp(const Octets& payload, unsigned source = 5353, unsigned destination = 5353) {
  Octets out;
  append16(out, source);
  append16(out, destination);
  append16(out, payload.size() + 8);
  append16(out, 0);
  append(out, payload);
  return out;
}

/// @param fragment  the 16 bits of flags and offset
inline Octets ipv4(const Octets& content, unsigned fragment = 0, unsigned protocol = 17,
                   std::string_view to = "224.0.0.251") {
  Octets out{0x45, 0};
  append16(out, content.size() + 20);
  append16(out, 1);
  append16(out, fragment);
  append(out, {255, static_cast<std::uint8_t>(protocol), 0, 0});
  append(out, address("10.77.0.1"));
  append(out, address(to));
  append(out, content);
  return out;
}

/// @param extensions  headers between IPv6's own, whose next header is `next`, and the content
inline Octets ipv6(const Octets& content, unsigned next = 17, const Octets& extensions = {}) {
  Octets out{0x60, 0, 0, 0};
  append16(out, content.size() + extensions.size());
  append(out, {static_cast<std::uint8_t>(next), 255});
  append(out, address("fe80::1"));
  append(out, address("ff02::fb"));
  append(out, extensions);
  append(out, content);
  return out;
}

/// @param tags  VLAN tags in hexadecimal
inline Octets ethernet(const Octets& ip, std::string_view tags = "") {
  Octets out = octets("01005E0000FB 020000000001");
  append(out, octets(tags));
  append16(out, ip.at(0) >> 4 == 4 ? 0x0800 : 0x86DD);
  append(out, ip);
  return out;
}

/// A pcap file in little-endian order; each frame one millisecond after the one before.
inline Octets pcap(const std::vector<Octets>& frames, std::size_t link_type = 1) {
  Octets out = octets("D4C3B2A1 0200 0400 00000000 00000000 00000400");
  append32_little(out, link_type);
  std::size_t time = 0;
  for (const Octets& frame : frames) {
    append32_little(out, 1'700'000'000);
    append32_little(out, 1000 * ++time);
    append32_little(out, frame.size());
    append32_little(out, frame.size());
    append(out, frame);
  }
  return out;
}

/// The same as pcapng: a section, an interface of microseconds, enhanced packets.
inline Octets pcapng(const std::vector<Octets>& frames) {
  Octets out = octets("0A0D0D0A 1C000000 4D3C2B1A 0100 0000 FFFFFFFFFFFFFFFF 1C000000");
  append(out, octets("01000000 14000000 0100 0000 00000400 14000000"));
  const std::uint64_t start = 1'700'000'000'000'000;
  std::uint64_t time = start;
  for (const Octets& frame : frames) {
    const std::size_t padded = (frame.size() + 3) / 4 * 4;
    time += 1000;
    append32_little(out, 6);
    append32_little(out, padded + 32);
    append32_little(out, 0);
    append32_little(out, time >> 32);
    append32_little(out, time & 0xFFFFFFFFu);
    append32_little(out, frame.size());
    append32_little(out, frame.size());
    append(out, frame);
    out.resize(out.size() + padded - frame.size());
    append32_little(out, padded + 32);
  }
  return out;
}

inline void write_file(const std::string& path, const Octets& content) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(content.data()),
             static_cast<std::streamsize>(content.size()));
}

}  // namespace srvwarden::test
