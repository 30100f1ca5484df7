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
  const Octets frame = ethernet(ipv4(udp(payload, 5353, 5353)));
  wire::Packet packet;
  Fragment fragment;
  BOOST_TEST((read_frame(Framing::ethernet, frame, packet, fragment) == FrameKind::mdns));
  BOOST_TEST(packet.payload.size() == payload.size());
  BOOST_TEST(packet.source.address.text() == "10.77.0.1");
  BOOST_TEST(packet.destination.address.text() == "224.0.0.251");
  BOOST_TEST(packet.destination.port == 5353u);
  BOOST_TEST(packet.ttl.value() == 255u);
  BOOST_TEST((packet.mac == wire::Mac{2, 0, 0, 0, 0, 1}));
  BOOST_TEST(packet.to_group());
  BOOST_TEST(packet.ip_size == 20 + 8 + payload.size());
  BOOST_TEST(!packet.was_fragmented());
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
  const Octets eight = octets("0000000000000000");
  const Octets hop_by_hop = octets("1100010400000000");
  const auto options = [](int count) {
    Octets out;
    for (int i = 1; i < count; ++i) append(out, octets("3C00010400000000"));
    append(out, octets("1100010400000000"));
    return out;
  };
  const Octets snap = prefixed("AAAA03 000000 0800", v4);
  const auto wifi = [&](std::string_view header) { return prefixed(header, snap); };
  const std::string plain_wifi = "0802 0000 01005E0000FB 020000000002 020000000001 0000";
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
      {"ten VLAN tags", ethernet_ii,
       ethernet(v4,
                "88A8 0001 8100 0002 8100 0003 8100 0004 8100 0005 8100 0006 8100 0007 8100 "
                "0008 8100 0009 9100 000A"),
       FrameKind::mdns},
      {"802.3 with SNAP", ethernet_ii, prefixed("01005E0000FB 020000000001 0040", snap),
       FrameKind::mdns},
      {"802.3 with another LLC", ethernet_ii,
       prefixed("01005E0000FB 020000000001 0040 E0E003", snap), FrameKind::other},
      {"802.11", Framing::wifi, wifi(plain_wifi), FrameKind::mdns},
      {"802.11 with QoS", Framing::wifi,
       wifi("8802 0000 01005E0000FB 020000000002 020000000001 0000 0000"), FrameKind::mdns},
      {"802.11 with QoS and HT", Framing::wifi,
       wifi("8882 0000 01005E0000FB 020000000002 020000000001 0000 0000 00000000"),
       FrameKind::mdns},
      {"802.11 of four addresses", Framing::wifi,
       wifi("0803 0000 020000000003 020000000002 01005E0000FB 0000 020000000001"), FrameKind::mdns},
      {"802.11 encrypted", Framing::wifi,
       wifi("0842 0000 01005E0000FB 020000000002 020000000001 0000"), FrameKind::encrypted},
      {"802.11 in fragments", Framing::wifi,
       wifi("0806 0000 01005E0000FB 020000000002 020000000001 0000"), FrameKind::unsupported},
      {"802.11 aggregated", Framing::wifi,
       wifi("8802 0000 01005E0000FB 020000000002 020000000001 0000 8000"), FrameKind::unsupported},
      {"802.11 without data", Framing::wifi,
       wifi("4802 0000 01005E0000FB 020000000002 020000000001 0000"), FrameKind::other},
      {"802.11 beacon", Framing::wifi,
       wifi("8000 0000 FFFFFFFFFFFF 020000000002 020000000001 0000"), FrameKind::other},
      {"radiotap", Framing::wifi_radiotap, wifi("00000800 00000000" + plain_wifi), FrameKind::mdns},
      {"radiotap with time and flags", Framing::wifi_radiotap,
       wifi("00001200 03000000 0000000000000000 00 00" + plain_wifi), FrameKind::mdns},
      {"radiotap of a damaged frame", Framing::wifi_radiotap,
       wifi("00001200 03000000 0000000000000000 40 00" + plain_wifi), FrameKind::malformed},
      {"radiotap of two words, damaged", Framing::wifi_radiotap,
       wifi("00000D00 02000080 00000000 40" + plain_wifi), FrameKind::malformed},
      {"radiotap with a padded header", Framing::wifi_radiotap,
       wifi("00000900 02000000 20"
            "8802 0000 01005E0000FB 020000000002 020000000001 0000 0000 FFFF"),
       FrameKind::mdns},
      {"radiotap longer than the frame", Framing::wifi_radiotap,
       wifi("0000FF0F 00000000" + plain_wifi), FrameKind::other},
      {"PPI", Framing::wifi_ppi, wifi("00000800 69000000" + plain_wifi), FrameKind::mdns},
      {"PPI of a damaged frame", Framing::wifi_ppi,
       wifi("00002000 69000000 0200 1400 0000000000000000 0400 0000 00000000 00000000" +
            plain_wifi),
       FrameKind::malformed},
      {"PPI with a field beyond its header", Framing::wifi_ppi,
       wifi("00001400 69000000 0300 0900 0000000000000000" + plain_wifi), FrameKind::malformed},
      {"PPI of Ethernet", Framing::wifi_ppi, prefixed("00000800 01000000", ethernet(v4)),
       FrameKind::unsupported},
      {"cooked 802.2", Framing::linux_sll, prefixed("0000 0001 0006 0200000000010000 0004", snap),
       FrameKind::mdns},
      {"sixteen extension headers", Framing::raw_ip, ipv6(udp(payload), 60, options(16)),
       FrameKind::mdns},
      {"seventeen extension headers", Framing::raw_ip, ipv6(udp(payload), 60, options(17)),
       FrameKind::malformed},
      {"loopback", Framing::null_loopback, prefixed("02000000", v4), FrameKind::mdns},
      {"hop-by-hop header", Framing::raw_ip, ipv6(udp(payload), 0, hop_by_hop), FrameKind::mdns},
      {"authentication header", Framing::raw_ip, ipv6(udp(payload), 51, authentication),
       FrameKind::mdns},
      {"atomic fragment", Framing::raw_ip, ipv6(udp(payload), 44, whole_fragment), FrameKind::mdns},
      {"first IPv6 fragment", Framing::raw_ip, ipv6(udp(eight), 44, first_fragment),
       FrameKind::fragment},
      {"later IPv6 fragment", Framing::raw_ip, ipv6(payload, 44, later_fragment),
       FrameKind::fragment},
      {"first fragment", Framing::raw_ip, ipv4(udp(eight), 0x2000), FrameKind::fragment},
      {"later fragment", Framing::raw_ip, ipv4(payload, 0x0010), FrameKind::fragment},
      {"fragment to another", Framing::raw_ip,
       ipv4(octets("00000000 00000000"), 0x2010, 17, "10.0.0.1"),
       FrameKind::fragment},  // its first part may tell
      {"fragment of TCP", Framing::raw_ip, ipv4(payload, 0x0010, 6), FrameKind::other},
      {"fragment of an odd size", Framing::raw_ip, ipv4(payload, 0x2010), FrameKind::malformed},
      {"fragment of nothing", Framing::raw_ip, ipv4({}, 0x0010), FrameKind::malformed},
      {"fragment up to 65535", Framing::raw_ip, ipv4(octets("00000000000000"), 0x1FFF),
       FrameKind::fragment},
      {"fragment beyond 65535", Framing::raw_ip, ipv4(octets("0000000000000000"), 0x1FFF),
       FrameKind::malformed},
      {"cut fragment", Framing::raw_ip, cut(ipv4(payload, 0x0010), 1), FrameKind::cut},
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
      Fragment fragment;
      const FrameKind kind = read_frame(row.framing, row.frame, packet, fragment);
      BOOST_TEST(static_cast<int>(kind) == static_cast<int>(row.kind));
      if (kind != FrameKind::mdns) continue;
      BOOST_TEST(packet.payload.size() == payload.size());
      if (packet.mac) BOOST_TEST((packet.mac == wire::Mac{2, 0, 0, 0, 0, 1}));
    }
  }
}

BOOST_AUTO_TEST_CASE(survives_every_cut) {
  struct Row {
    Framing framing;
    Octets whole;
  };
  const std::string radiotap = "00001200 03000000 0000000000000000 00 00";
  const std::string wifi = "8802 0000 01005E0000FB 020000000002 020000000001 0000 0000";
  const Row rows[] = {
      {Framing::ethernet, ethernet(ipv4(udp(payload)), "8100 0001")},
      {Framing::ethernet, ethernet(ipv6(udp(payload), 0, octets("1100010400000000")))},
      {Framing::wifi_radiotap,
       prefixed(radiotap + wifi + "AAAA03 000000 86DD", ipv6(udp(payload)))},
      {Framing::wifi_ppi,
       prefixed("00000800 69000000" + wifi + "AAAA03 000000 0800", ipv4(udp(payload)))},
  };
  for (const Row& row : rows) {
    for (std::size_t size = 0; size <= row.whole.size(); ++size) {
      wire::Packet packet;
      Fragment fragment;
      const Octets part(row.whole.begin(), row.whole.begin() + static_cast<std::ptrdiff_t>(size));
      const bool is_mdns = read_frame(row.framing, part, packet, fragment) == FrameKind::mdns;
      BOOST_TEST(is_mdns == (size == row.whole.size()));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
