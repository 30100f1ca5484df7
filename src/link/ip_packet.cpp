// IPv4, IPv6 with its extension headers, and UDP.
// SPDX-License-Identifier: Apache-2.0
#include "link/ip_packet.hpp"

#include <algorithm>

#include "wire/reader.hpp"

namespace srvwarden::link {

namespace {

using wire::Address;
using wire::Bytes;
using wire::Packet;
using wire::Reader;

enum Protocol : unsigned {
  hop_by_hop = 0,
  udp = 17,
  routing = 43,
  ipv6_fragment = 44,
  authentication = 51,
  destination_options = 60,
};

bool is_mdns(const Packet& packet) noexcept {
  return packet.source.port == wire::mdns_port || packet.destination.port == wire::mdns_port;
}

/// A header can be short because the capture is, or because the sender's lengths lie.
FrameKind short_of(bool is_cut) noexcept { return is_cut ? FrameKind::cut : FrameKind::malformed; }

void read_ports(Reader& reader, Packet& packet) noexcept {
  packet.source.port = reader.u16();
  packet.destination.port = reader.u16();
}

FrameKind read_udp(Reader reader, bool is_cut, Packet& packet) noexcept {
  read_ports(reader, packet);
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

/// Where a chain of IPv6 headers leads to.
struct Upper {
  unsigned protocol;
  bool too_many = false;
};

bool is_extension(unsigned protocol) noexcept {
  return protocol == hop_by_hop || protocol == routing || protocol == destination_options ||
         protocol == authentication;
}

/// Skips extension headers up to a fragment header or what is none. RFC 8200 §4.
Upper skip_extensions(unsigned next, Reader& reader) noexcept {
  constexpr int limit = 16;  // more than there are kinds: each has its place once or twice
  Upper upper{next};
  for (int i = 0; reader.ok() && is_extension(upper.protocol); ++i) {
    if (i == limit) return {upper.protocol, true};
    const bool in_words = upper.protocol == authentication;
    upper.protocol = reader.u8();
    const std::size_t size = reader.u8();
    reader.skip(in_words ? (size + 2) * 4 - 2 : size * 8 + 6);
  }
  return upper;
}

/// The data of a fragment, whose length all but the last have in units of eight octets.
FrameKind take_fragment(Reader& reader, bool is_cut, const Packet& packet,
                        Fragment& fragment) noexcept {
  fragment.data = reader.take(reader.left());
  const bool leads_to_udp = fragment.protocol == udp || is_extension(fragment.protocol);
  if (!packet.to_group() && !leads_to_udp) return FrameKind::other;
  if (is_cut) return FrameKind::cut;
  constexpr std::size_t max_size = 65535;
  const bool is_wrong = fragment.data.empty() || (fragment.more && fragment.data.size() % 8 != 0) ||
                        fragment.offset + fragment.data.size() > max_size;
  return is_wrong ? FrameKind::malformed : FrameKind::fragment;
}

FrameKind read_ipv4(Bytes bytes, Packet& packet, Fragment& fragment) noexcept {
  Reader reader(bytes);
  const unsigned first = reader.u8();
  const std::size_t header_size = std::size_t{first & 0xFu} * 4;
  reader.skip(1);
  const std::size_t size = reader.u16();
  fragment.id = reader.u16();
  const unsigned place = reader.u16();
  packet.ttl = reader.u8();
  const unsigned protocol = reader.u8();
  reader.skip(2);
  packet.source.address = Address(reader.take(4));
  packet.destination.address = Address(reader.take(4));
  if (!reader.ok() || protocol != udp) return FrameKind::other;
  if (first >> 4 != 4 || header_size < 20 || size < header_size) {
    return packet.to_group() ? FrameKind::malformed : FrameKind::other;
  }
  packet.ip_size = static_cast<std::uint32_t>(size);
  Reader payload(bytes.first(std::min(size, bytes.size())), header_size);
  const bool is_cut = size > bytes.size();
  fragment.more = (place & 0x2000u) != 0;
  fragment.offset = (place & 0x1FFFu) * 8;
  if (fragment.offset == 0 && !fragment.more) return read_udp(payload, is_cut, packet);
  fragment.protocol = udp;
  fragment.header_size = static_cast<std::uint32_t>(header_size);
  fragment.ip_size = packet.ip_size;
  return take_fragment(payload, is_cut, packet, fragment);
}

/// RFC 8200 §4.5; one that is alone and whole is none: RFC 6946.
FrameKind read_ipv6_fragment(Reader reader, bool is_cut, Packet& packet,
                             Fragment& fragment) noexcept {
  fragment.header_size = static_cast<std::uint32_t>(reader.at());
  fragment.ip_size = packet.ip_size;
  fragment.protocol = reader.u8();
  reader.skip(1);
  const unsigned place = reader.u16();
  fragment.id = reader.u32();
  if (!reader.ok()) return packet.to_group() ? short_of(is_cut) : FrameKind::other;
  fragment.more = (place & 1u) != 0;
  fragment.offset = place & 0xFFF8u;
  if (fragment.offset != 0 || fragment.more) {
    return take_fragment(reader, is_cut, packet, fragment);
  }
  packet.ip_size -= 8;
  return read_upper(fragment.protocol, reader.take(reader.left()), !is_cut, packet);
}

FrameKind read_ipv6(Bytes bytes, Packet& packet, Fragment& fragment) noexcept {
  Reader header(bytes);
  header.skip(4);
  const std::size_t size = header.u16();
  const unsigned next = header.u8();
  packet.ttl = header.u8();
  packet.source.address = Address(header.take(16));
  packet.destination.address = Address(header.take(16));
  if (!header.ok() || bytes[0] >> 4 != 6) return FrameKind::other;
  const std::size_t end = header.at() + size;
  const bool is_cut = end > bytes.size();
  packet.ip_size = static_cast<std::uint32_t>(end);
  Reader reader(bytes.first(std::min(end, bytes.size())), header.at());
  const Upper upper = skip_extensions(next, reader);
  if (!reader.ok()) return packet.to_group() ? short_of(is_cut) : FrameKind::other;
  if (upper.too_many) return packet.to_group() ? FrameKind::malformed : FrameKind::other;
  if (upper.protocol == ipv6_fragment) return read_ipv6_fragment(reader, is_cut, packet, fragment);
  return upper.protocol == udp ? read_udp(reader, is_cut, packet) : FrameKind::other;
}

}  // namespace

FrameKind read_ip(Bytes bytes, Packet& packet, Fragment& fragment) noexcept {
  if (bytes.empty()) return FrameKind::other;
  if (bytes[0] >> 4 == 4) return read_ipv4(bytes, packet, fragment);
  if (bytes[0] >> 4 == 6) return read_ipv6(bytes, packet, fragment);
  return FrameKind::other;
}

FrameKind read_upper(unsigned protocol, Bytes bytes, bool whole, Packet& packet) noexcept {
  Reader reader(bytes);
  const Upper upper = skip_extensions(protocol, reader);
  if (!reader.ok()) return packet.to_group() ? short_of(!whole) : FrameKind::other;
  const bool is_wrong = upper.too_many || upper.protocol == ipv6_fragment;
  if (is_wrong) return packet.to_group() ? FrameKind::malformed : FrameKind::other;
  return upper.protocol == udp ? read_udp(reader, !whole, packet) : FrameKind::other;
}

FrameKind read_first_fragment(const Fragment& fragment, Packet packet) noexcept {
  const FrameKind kind = read_upper(fragment.protocol, fragment.data, false, packet);
  if (kind != FrameKind::cut) return kind;
  return is_mdns(packet) ? FrameKind::mdns : FrameKind::malformed;
}

}  // namespace srvwarden::link
