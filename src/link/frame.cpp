// Ethernet, Linux cooked, raw and loopback frames.
// SPDX-License-Identifier: Apache-2.0
#include "link/frame.hpp"

#include <algorithm>

#include "link/link_layer.hpp"
#include "wire/reader.hpp"

namespace srvwarden::link {

namespace {

using wire::Bytes;
using wire::Packet;
using wire::Reader;

/// An LLC header with SNAP, which has an EtherType in it. RFC 1042.
constexpr std::uint32_t snap_header = 0xAAAA0300;

}  // namespace

LinkPayload read_llc(Reader reader) noexcept {
  if (reader.u32() != snap_header || reader.u16() != 0) return {};
  const unsigned ethertype = reader.u16();
  return reader.ok() ? read_ethertype(ethertype, reader) : LinkPayload{};
}

LinkPayload read_ethertype(unsigned ethertype, Reader reader) noexcept {
  while (ethertype == 0x8100 || ethertype == 0x88A8 || ethertype == 0x9100) {  // VLAN tags
    reader.skip(2);
    ethertype = reader.u16();
  }
  constexpr unsigned first_ethertype = 0x0600;  // below: a length, as IEEE 802.3 has it
  if (ethertype < first_ethertype && reader.ok() && ethertype >= 8) return read_llc(reader);
  if (!reader.ok() || (ethertype != 0x0800 && ethertype != 0x86DD)) return {};
  return {FrameKind::mdns, reader.take(reader.left())};
}

void take_mac(Bytes octets, Packet& packet) noexcept {
  if (octets.size() < wire::Mac().size()) return;
  std::copy_n(octets.begin(), wire::Mac().size(), packet.mac.emplace().begin());
}

namespace {

LinkPayload read_ethernet(Reader reader, Packet& packet) noexcept {
  reader.skip(6);
  take_mac(reader.take(6), packet);
  const unsigned ethertype = reader.u16();
  return read_ethertype(ethertype, reader);
}

/// What is neither Ethernet nor IP has numbers of Linux' own, of which one is LLC.
LinkPayload read_sll_protocol(unsigned protocol, Reader reader) noexcept {
  constexpr unsigned llc = 4;
  return protocol == llc ? read_llc(reader) : read_ethertype(protocol, reader);
}

LinkPayload read_sll(Reader reader, Packet& packet) noexcept {
  reader.skip(4);
  const std::size_t size = reader.u16();
  const Bytes address = reader.take(8);
  if (reader.ok() && size == 6) take_mac(address, packet);
  const unsigned protocol = reader.u16();
  return read_sll_protocol(protocol, reader);
}

LinkPayload read_sll2(Reader reader, Packet& packet) noexcept {
  const unsigned protocol = reader.u16();
  reader.skip(2);
  packet.interface = reader.u32();
  reader.skip(3);
  const std::size_t size = reader.u8();
  const Bytes address = reader.take(8);
  if (reader.ok() && size == 6) take_mac(address, packet);
  return read_sll_protocol(protocol, reader);
}

LinkPayload read_link_layer(Framing framing, Bytes frame, Packet& packet) noexcept {
  const Reader reader(frame);
  switch (framing) {
    case Framing::ethernet:
      return read_ethernet(reader, packet);
    case Framing::linux_sll:
      return read_sll(reader, packet);
    case Framing::linux_sll2:
      return read_sll2(reader, packet);
    case Framing::raw_ip:
      return {FrameKind::mdns, frame};
    case Framing::null_loopback:  // the family's number and order differ by system: IP tells
      return frame.size() < 4 ? LinkPayload{} : LinkPayload{FrameKind::mdns, frame.subspan(4)};
    case Framing::wifi:
      return read_wifi(frame, packet);
    case Framing::wifi_radiotap:
      return read_radiotap(frame, packet);
    case Framing::wifi_ppi:
      return read_ppi(frame, packet);
  }
  return {};
}

}  // namespace

std::optional<Framing> framing_of(std::uint32_t link_type) noexcept {
  switch (link_type) {
    case 0:    // NULL
    case 108:  // LOOP
      return Framing::null_loopback;
    case 1:
      return Framing::ethernet;
    case 12:  // RAW, as some systems wrote it
    case 14:
    case 101:
    case 228:  // IPV4
    case 229:  // IPV6
      return Framing::raw_ip;
    case link_type_wifi:
      return Framing::wifi;
    case 113:
      return Framing::linux_sll;
    case 127:
      return Framing::wifi_radiotap;
    case 192:
      return Framing::wifi_ppi;
    case 276:
      return Framing::linux_sll2;
    default:
      return std::nullopt;
  }
}

FrameKind read_frame(Framing framing, Bytes frame, Packet& packet, Fragment& fragment) noexcept {
  const LinkPayload payload = read_link_layer(framing, frame, packet);
  return payload.kind == FrameKind::mdns ? read_ip(payload.ip, packet, fragment) : payload.kind;
}

}  // namespace srvwarden::link
