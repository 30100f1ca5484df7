// Frames and capture files made by hand, so that tests need no captures of others.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <zlib.h>

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

/// The IP packet that carries `content` from `offset` on; `more` says that others follow.
inline Octets ipv4_fragment(const Octets& content, std::size_t offset, bool more,
                            std::string_view to = "224.0.0.251") {
  return ipv4(content, static_cast<unsigned>(offset / 8 | (more ? 0x2000u : 0u)), 17, to);
}
inline Octets ipv6_fragment(const Octets& content, std::size_t offset, bool more,
                            unsigned next = 17) {
  Octets header{static_cast<std::uint8_t>(next), 0};
  append16(header, offset | (more ? 1u : 0u));
  append(header, {0, 0, 0, 7});
  return ipv6(content, 44, header);
}

/// Octets `begin` to `end` of a packet.
inline Octets part_of(const Octets& whole, std::size_t begin, std::size_t end) {
  return {whole.begin() + static_cast<std::ptrdiff_t>(begin),
          whole.begin() + static_cast<std::ptrdiff_t>(end)};
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

/// A pcapng block in little-endian order.
inline Octets block(std::size_t type, Octets body) {
  body.resize((body.size() + 3) / 4 * 4);
  Octets out;
  append32_little(out, type);
  append32_little(out, body.size() + 12);
  append(out, body);
  append32_little(out, body.size() + 12);
  return out;
}

/// The same octets, packed by gzip.
inline Octets gzip(const Octets& content) {
  z_stream stream{};
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  Octets out(deflateBound(&stream, static_cast<uLong>(content.size())) + 64);
  stream.next_in = const_cast<Bytef*>(content.data());
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = out.data();
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

inline void write_file(const std::string& path, const Octets& content) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(content.data()),
             static_cast<std::streamsize>(content.size()));
}

}  // namespace srvwarden::test
