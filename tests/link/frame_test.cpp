// Tests of taking frames apart.
// SPDX-License-Identifier: Apache-2.0
#include "link/frame.hpp"

#include <boost/test/unit_test.hpp>

#include "link/synthesis.hpp"

using namespace srvwarden;
using namespace srvwarden::link;
using namespace srvwarden::test;

namespace {

const Octets payload = octets("000000000000000000000000");

Octets cut(Octets frame, std::size_t octets_less) {
  frame.resize(frame.size() - octets_less);
  return frame;
}

Octets prefixed(std::string_view hex, const Octets& rest) {
  Octets out = octets(hex);
  append(out, rest);
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(frame)

BOOST_AUTO_TEST_CASE(gives_payload_addresses_and_ttl) {
  wire::Packet packet;
  BOOST_TEST(
      (read_frame(Framing::ethernet, ethernet(ipv4(udp(payload))), packet) == FrameKind::mdns));
  const Octets frame = ethernet(ipv4(udp(payload, 5353, 5353)));
  read_frame(Framing::ethernet, frame, packet);
  BOOST_TEST(packet.payload.size() == payload.size());
  BOOST_TEST(packet.source.address.text() == "10.77.0.1");
  BOOST_TEST(packet.destination.address.text() == "224.0.0.251");
  BOOST_TEST(packet.destination.port == 5353u);
  BOOST_TEST(packet.ttl.value() == 255u);
  BOOST_TEST((packet.mac == wire::Mac{2, 0, 0, 0, 0, 1}));
  BOOST_TEST(packet.to_group());
}

BOOST_AUTO_TEST_CASE(tells_frames_apart) {
  struct Row {
    std::string_view what;
    Framing framing;
    Octets frame;
    FrameKind kind;
  };
  const Octets v4 = ipv4(udp(payload));
  const Octets v6 = ipv6(udp(payload));
  constexpr auto ethernet_ii = Framing::ethernet;
  const Octets hop_by_hop = octets("1100010400000000");
  const Octets authentication = octets("1101 0000 00000000 00000000");
  const Octets whole_fragment = octets("1100 0000 00000001");
  const Octets first_fragment = octets("1100 0001 00000001");
  const Octets later_fragment = octets("1100 0028 00000001");
  const Row rows[] = {
      {"IPv4", ethernet_ii, ethernet(v4), FrameKind::mdns},
      {"IPv6", ethernet_ii, ethernet(v6), FrameKind::mdns},
      {"one VLAN tag", ethernet_ii, ethernet(v4, "8100 0064"), FrameKind::mdns},
      {"two VLAN tags", ethernet_ii, ethernet(v6, "88A8 0001 8100 0064"), FrameKind::mdns},
      {"padding", ethernet_ii,
       [&] {
         auto f = ethernet(v4);
         f.resize(64);
         return f;
       }(),
       FrameKind::mdns},
      {"cooked", Framing::linux_sll, prefixed("0000 0001 0006 0200000000010000 0800", v4),
       FrameKind::mdns},
      {"cooked 2", Framing::linux_sll2,
       prefixed("86DD 0000 00000007 0001 00 06 0200000000010000", v6), FrameKind::mdns},
      {"raw IPv4", Framing::raw_ip, v4, FrameKind::mdns},
      {"raw IPv6", Framing::raw_ip, v6, FrameKind::mdns},
      {"loopback", Framing::null_loopback, prefixed("02000000", v4), FrameKind::mdns},
      {"hop-by-hop header", Framing::raw_ip, ipv6(udp(payload), 0, hop_by_hop), FrameKind::mdns},
      {"authentication header", Framing::raw_ip, ipv6(udp(payload), 51, authentication),
       FrameKind::mdns},
      {"atomic fragment", Framing::raw_ip, ipv6(udp(payload), 44, whole_fragment), FrameKind::mdns},
      {"first IPv6 fragment", Framing::raw_ip, ipv6(udp(payload), 44, first_fragment),
       FrameKind::fragment},
      {"later IPv6 fragment", Framing::raw_ip, ipv6(payload, 44, later_fragment),
       FrameKind::fragment},
      {"first fragment", Framing::raw_ip, ipv4(udp(payload), 0x2000), FrameKind::fragment},
      {"later fragment", Framing::raw_ip, ipv4(payload, 0x0010), FrameKind::fragment},
      {"fragment to another", Framing::raw_ip, ipv4(payload, 0x0010, 17, "10.0.0.1"),
       FrameKind::other},
      {"don't fragment", Framing::raw_ip, ipv4(udp(payload), 0x4000), FrameKind::mdns},
      {"another port", Framing::raw_ip, ipv4(udp(payload, 53, 53)), FrameKind::other},
      {"legacy query", Framing::raw_ip, ipv4(udp(payload, 40000, 5353)), FrameKind::mdns},
      {"legacy response", Framing::raw_ip, ipv4(udp(payload, 5353, 40000)), FrameKind::mdns},
      {"TCP", Framing::raw_ip, ipv4(udp(payload), 0, 6), FrameKind::other},
      {"cut by the capture", Framing::raw_ip, cut(v4, 1), FrameKind::cut},
      {"cut in UDP's header", Framing::raw_ip, cut(v4, 18), FrameKind::cut},
      {"UDP longer than IP", Framing::raw_ip, ipv4(cut(udp(payload), 1)), FrameKind::malformed},
      {"UDP shorter than itself", Framing::raw_ip, ipv4(octets("14E914E900070000")),
       FrameKind::malformed},
      {"IP header of 16", Framing::raw_ip,
       [&] {
         auto f = v4;
         f[0] = 0x44;
         return f;
       }(),
       FrameKind::malformed},
      {"ARP", ethernet_ii, octets("FFFFFFFFFFFF 020000000001 0806 0001"), FrameKind::other},
      {"nothing", ethernet_ii, {}, FrameKind::other},
      {"half an address", ethernet_ii, octets("FFFFFFFFFFFF 0200"), FrameKind::other},
      {"nothing, raw", Framing::raw_ip, {}, FrameKind::other},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.what) {
      wire::Packet packet;
      BOOST_TEST((read_frame(row.framing, row.frame, packet) == row.kind));
      if (row.kind == FrameKind::mdns) BOOST_TEST(packet.payload.size() == payload.size());
    }
  }
}

BOOST_AUTO_TEST_CASE(survives_every_cut) {
  for (const Octets& whole : {ethernet(ipv4(udp(payload)), "8100 0001"),
                              ethernet(ipv6(udp(payload), 0, octets("1100010400000000")))}) {
    for (std::size_t size = 0; size < whole.size(); ++size) {
      wire::Packet packet;
      const Octets part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
      BOOST_TEST((read_frame(Framing::ethernet, part, packet) != FrameKind::mdns));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
