// Ethernet, Linux cooked, raw and loopback frames; IPv4, IPv6 and UDP inside.
// SPDX-License-Identifier: Apache-2.0
#include "link/frame.hpp"

#include <algorithm>

#include "wire/reader.hpp"

namespace srvwarden::link {

namespace {

using wire::Address;
using wire::Bytes;
using wire::Packet;
using wire::Reader;

constexpr unsigned ethertype_ipv4 = 0x0800;
constexpr unsigned ethertype_ipv6 = 0x86DD;
constexpr unsigned protocol_udp = 17;

bool is_mdns(const Packet& packet) noexcept {
  return packet.source.port == wire::mdns_port || packet.destination.port == wire::mdns_port;
}

/// A header can be short because the capture is, or because the sender's lengths lie.
FrameKind short_of(bool is_cut) noexcept { return is_cut ? FrameKind::cut : FrameKind::malformed; }

FrameKind read_udp(Reader reader, bool is_cut, Packet& packet) noexcept {
  packet.source.port = reader.u16();
  packet.destination.port = reader.u16();
  if (!reader.ok()) return packet.to_group() ? short_of(is_cut) : FrameKind::other;
  if (!is_mdns(packet)) return FrameKind::other;
  const std::size_t size = reader.u16();
  reader.skip(2);
  constexpr std::size_t header_size = 8;
  if (!reader.ok()) return short_of(is_cut);
  if (size < header_size) return FrameKind::malformed;
  packet.payload = reader.take(size - header_size);
  return reader.ok() ? FrameKind::mdns : short_of(is_cut);
}

/// The first fragment shows its ports; of a later one only the destination tells.
FrameKind read_fragment(Reader reader, bool is_first, Packet& packet) noexcept {
  if (is_first) {
    packet.source.port = reader.u16();
    packet.destination.port = reader.u16();
    return is_mdns(packet) ? FrameKind::fragment : FrameKind::other;
  }
  return packet.to_group() ? FrameKind::fragment : FrameKind::other;
}

FrameKind read_ipv4(Bytes bytes, Packet& packet) noexcept {
  Reader reader(bytes);
  const unsigned first = reader.u8();
  const std::size_t header_size = std::size_t{first & 0xFu} * 4;
  reader.skip(1);
  const std::size_t size = reader.u16();
  reader.skip(2);
  const unsigned fragment = reader.u16();
  packet.ttl = reader.u8();
  const unsigned protocol = reader.u8();
  reader.skip(2);
  packet.source.address = Address(reader.take(4));
  packet.destination.address = Address(reader.take(4));
  if (!reader.ok() || protocol != protocol_udp) return FrameKind::other;
  if (first >> 4 != 4 || header_size < 20 || size < header_size) {
    return packet.to_group() ? FrameKind::malformed : FrameKind::other;
  }
  const Reader payload(bytes.first(std::min(size, bytes.size())), header_size);
  constexpr unsigned more_fragments = 0x2000;
  const unsigned offset = fragment & 0x1FFFu;
  if (offset != 0 || (fragment & more_fragments) != 0) {
    return read_fragment(payload, offset == 0, packet);
  }
  return read_udp(payload, size > bytes.size(), packet);
}

/// Where an IPv6 header chain leads to.
struct Upper {
  unsigned protocol;
  bool is_fragment = false;
  bool is_first = true;
};

/// Skips extension headers. RFC 8200 §4.
Upper skip_extensions(unsigned next, Reader& reader) noexcept {
  Upper upper{next};
  for (;;) {
    switch (upper.protocol) {
      case 0:     // hop-by-hop
      case 43:    // routing
      case 60: {  // destination
        upper.protocol = reader.u8();
        reader.skip(reader.u8() * 8u + 6u);
        break;
      }
      case 51: {  // authentication: in units of four
        upper.protocol = reader.u8();
        reader.skip((reader.u8() + 2u) * 4u - 2u);
        break;
      }
      case 44: {
        upper.protocol = reader.u8();
        reader.skip(1);
        const unsigned fields = reader.u16();
        reader.skip(4);
        if ((fields & 0xFFF9u) == 0) break;  // alone and whole: RFC 6946
        upper.is_fragment = true;
        upper.is_first = fields >> 3 == 0;
        return upper;
      }
      default:
        return upper;
    }
    if (!reader.ok()) return upper;
  }
}

FrameKind read_ipv6(Bytes bytes, Packet& packet) noexcept {
  Reader header(bytes);
  header.skip(4);
  const std::size_t size = header.u16();
  const unsigned next = header.u8();
  packet.ttl = header.u8();
  packet.source.address = Address(header.take(16));
  packet.destination.address = Address(header.take(16));
  if (!header.ok() || bytes[0] >> 4 != 6) return FrameKind::other;
  const std::size_t end = header.at() + size;
  Reader reader(bytes.first(std::min(end, bytes.size())), header.at());
  const Upper upper = skip_extensions(next, reader);
  const bool is_cut = end > bytes.size();
  if (!reader.ok()) return packet.to_group() ? short_of(is_cut) : FrameKind::other;
  if (upper.protocol != protocol_udp) return FrameKind::other;
  if (upper.is_fragment) return read_fragment(reader, upper.is_first, packet);
  return read_udp(reader, is_cut, packet);
}

FrameKind read_ip(Bytes bytes, Packet& packet) noexcept {
  if (bytes.empty()) return FrameKind::other;
  if (bytes[0] >> 4 == 4) return read_ipv4(bytes, packet);
  if (bytes[0] >> 4 == 6) return read_ipv6(bytes, packet);
  return FrameKind::other;
}

FrameKind read_ethertype(unsigned ethertype, Reader reader, Packet& packet) noexcept {
  for (int tags = 0; tags < 4; ++tags) {
    if (ethertype != 0x8100 && ethertype != 0x88A8 && ethertype != 0x9100) break;
    reader.skip(2);
    ethertype = reader.u16();
  }
  if (!reader.ok()) return FrameKind::other;
  const Bytes rest = reader.take(reader.left());
  if (ethertype == ethertype_ipv4) return read_ipv4(rest, packet);
  if (ethertype == ethertype_ipv6) return read_ipv6(rest, packet);
  return FrameKind::other;
}

void take_mac(Bytes octets, Packet& packet) noexcept {
  if (octets.size() < wire::Mac().size()) return;
  std::copy_n(octets.begin(), wire::Mac().size(), packet.mac.emplace().begin());
}

FrameKind read_ethernet(Reader reader, Packet& packet) noexcept {
  reader.skip(6);
  take_mac(reader.take(6), packet);
  const unsigned ethertype = reader.u16();
  return read_ethertype(ethertype, reader, packet);
}

FrameKind read_sll(Reader reader, Packet& packet) noexcept {
  reader.skip(4);
  const std::size_t size = reader.u16();
  const Bytes address = reader.take(8);
  if (reader.ok() && size == 6) take_mac(address, packet);
  const unsigned ethertype = reader.u16();
  return read_ethertype(ethertype, reader, packet);
}

FrameKind read_sll2(Reader reader, Packet& packet) noexcept {
  const unsigned ethertype = reader.u16();
  reader.skip(2);
  packet.interface = reader.u32();
  reader.skip(3);
  const std::size_t size = reader.u8();
  const Bytes address = reader.take(8);
  if (reader.ok() && size == 6) take_mac(address, packet);
  return read_ethertype(ethertype, reader, packet);
}

}  // namespace

FrameKind read_frame(Framing framing, Bytes frame, Packet& packet) noexcept {
  const Reader reader(frame);
  switch (framing) {
    case Framing::ethernet:
      return read_ethernet(reader, packet);
    case Framing::linux_sll:
      return read_sll(reader, packet);
    case Framing::linux_sll2:
      return read_sll2(reader, packet);
    case Framing::raw_ip:
      return read_ip(frame, packet);
    case Framing::null_loopback:  // the family's number and order differ by system: IP tells
      return frame.size() < 4 ? FrameKind::other : read_ip(frame.subspan(4), packet);
  }
  return FrameKind::other;
}

}  // namespace srvwarden::link
