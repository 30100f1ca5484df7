// Tests of putting fragments together.
// SPDX-License-Identifier: Apache-2.0
#include "link/reassembly.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <numeric>
#include <random>

#include "link/frame.hpp"
#include "link/synthesis.hpp"

using namespace srvwarden;
using namespace srvwarden::link;
using namespace srvwarden::test;
using namespace std::chrono_literals;

namespace {

/// UDP to port 5353 with so many octets, each unlike its neighbours.
Octets datagram(std::size_t size, unsigned port = 5353) {
  Octets payload(size);
  std::iota(payload.begin(), payload.end(), std::uint8_t{1});
  return udp(payload, port, port);
}

struct Parts {
  Reassembly reassembly;
  wire::Packet packet;
  wire::Time now{1h};

  /// Takes an IP packet that is a fragment; says whether it made the whole.
  bool add(const Octets& ip) {
    packet = {};
    packet.time = now;
    Fragment fragment;
    BOOST_TEST_REQUIRE((read_frame(Framing::raw_ip, ip, packet, fragment) == FrameKind::fragment));
    return reassembly.add(fragment, packet);
  }
  bool gave(const Octets& whole) const {
    return std::ranges::equal(packet.payload, wire::Bytes(whole).subspan(8));
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(reassembly)

BOOST_AUTO_TEST_CASE(puts_parts_together_in_any_order) {
  const Octets whole = datagram(4000);
  std::vector<std::size_t> starts = {0, 1480, 2960};
  do {
    for (const bool is_ipv6 : {false, true}) {
      Parts parts;
      for (std::size_t i = 0; i < starts.size(); ++i) {
        const std::size_t end = std::min(starts[i] + 1480, whole.size());
        const Octets content = part_of(whole, starts[i], end);
        const bool more = end < whole.size();
        const bool done = parts.add(is_ipv6 ? ipv6_fragment(content, starts[i], more)
                                            : ipv4_fragment(content, starts[i], more));
        BOOST_TEST(done == (i == 2));
      }
      BOOST_TEST(parts.gave(whole));
      BOOST_TEST(parts.packet.fragments == 3u);
      BOOST_TEST(parts.packet.ip_size == whole.size() + (is_ipv6 ? 40 : 20));
      BOOST_TEST(parts.packet.largest_fragment == (is_ipv6 ? 1480u + 48 : 1500u));
      BOOST_TEST(parts.packet.source.port == 5353u);
      BOOST_TEST(parts.reassembly.counts().lost == 0u);
      BOOST_TEST(parts.reassembly.counts().assembled == 1u);
    }
  } while (std::ranges::next_permutation(starts).found);
}

BOOST_AUTO_TEST_CASE(duplicates_are_borne_and_overlaps_are_not) {
  const Octets whole = datagram(88);  // 96 with UDP's header
  const auto piece = [&](std::size_t begin, std::size_t end) {
    return ipv4_fragment(part_of(whole, begin, end), begin, end < whole.size());
  };
  Octets forged = piece(32, 64);
  forged.back() ^= 1;
  struct Row {
    std::string_view what;
    std::vector<Octets> pieces;
    bool is_whole;
    std::uint64_t overlaps;
  };
  const Row rows[] = {
      {"apart", {piece(0, 32), piece(32, 64), piece(64, 96)}, true, 0},
      {"twice", {piece(0, 32), piece(0, 32), piece(32, 64), piece(32, 64), piece(64, 96)}, true, 0},
      {"twice, but not the same", {piece(0, 32), piece(32, 64), forged, piece(64, 96)}, false, 1},
      {"over the end of one", {piece(0, 32), piece(24, 64), piece(64, 96)}, false, 1},
      {"over the start of one", {piece(32, 64), piece(0, 40), piece(64, 96)}, false, 1},
      {"over all of one", {piece(32, 64), piece(24, 72), piece(0, 24), piece(72, 96)}, false, 1},
      {"inside of one", {piece(0, 64), piece(8, 16), piece(64, 96)}, false, 1},
      {"beyond the end", {piece(64, 96), ipv4_fragment(part_of(whole, 0, 32), 96, true)}, false, 1},
      {"two ends", {piece(64, 96), ipv4_fragment(part_of(whole, 0, 32), 32, false)}, false, 1},
      {"an end before others", {piece(64, 96), piece(32, 64), piece(0, 32)}, true, 0},
      {"an end that is too early",
       {piece(64, 96 - 8), ipv4_fragment(part_of(whole, 32, 64), 32, false)},
       false,
       1},
      {"a hole", {piece(0, 32), piece(64, 96)}, false, 0},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.what) {
      Parts parts;
      bool is_whole = false;
      for (const Octets& each : row.pieces) is_whole = parts.add(each) || is_whole;
      BOOST_TEST(is_whole == row.is_whole);
      if (is_whole) BOOST_TEST(parts.gave(whole));
      const FragmentCounts& counts = parts.reassembly.counts();
      BOOST_TEST(counts.overlaps == row.overlaps);
      BOOST_TEST(counts.fragments == row.pieces.size());
      BOOST_TEST(counts.lost == (is_whole ? 0 : row.pieces.size()));
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_mdns_is_passed_over) {
  const Octets whole = datagram(88, 2049);
  const std::string_view to = "10.77.0.9";
  for (const bool is_reversed : {false, true}) {
    Parts parts;
    std::vector<Octets> pieces = {ipv4_fragment(part_of(whole, 0, 48), 0, true, to),
                                  ipv4_fragment(part_of(whole, 48, 96), 48, false, to)};
    if (is_reversed) std::ranges::reverse(pieces);
    for (const Octets& piece : pieces) BOOST_TEST(!parts.add(piece));
    BOOST_TEST(parts.reassembly.counts().other == 2u);
    BOOST_TEST(parts.reassembly.counts().fragments == 0u);
    BOOST_TEST(parts.reassembly.counts().lost == 0u);
  }
}

BOOST_AUTO_TEST_CASE(the_first_part_has_all_headers) {
  Parts parts;
  BOOST_TEST(!parts.add(ipv6_fragment(octets("3C000104 00000000"), 0, true, 60)));  // RFC 8200 §4.5
  BOOST_TEST(parts.reassembly.counts().malformed == 1u);
  const Octets whole = datagram(88);
  Octets extended = octets("11000104 00000000");
  append(extended, whole);
  Parts good;
  BOOST_TEST(!good.add(ipv6_fragment(part_of(extended, 0, 16), 0, true, 60)));
  BOOST_TEST(good.add(ipv6_fragment(part_of(extended, 16, extended.size()), 16, false, 60)));
  BOOST_TEST(good.gave(whole));
}

BOOST_AUTO_TEST_CASE(waits_for_a_minute) {
  const Octets whole = datagram(88);
  for (const auto wait : {std::chrono::nanoseconds(60s), std::chrono::nanoseconds(60s) + 1ns,
                          -(std::chrono::nanoseconds(60s) + 1ns)}) {
    Parts parts;
    BOOST_TEST(!parts.add(ipv4_fragment(part_of(whole, 0, 48), 0, true)));
    parts.now += wait;
    BOOST_TEST(parts.add(ipv4_fragment(part_of(whole, 48, 96), 48, false)) == (wait == 60s));
    BOOST_TEST(parts.reassembly.counts().lost == (wait == 60s ? 0u : 2u));
  }
}

BOOST_AUTO_TEST_CASE(has_bounds) {
  Parts many;
  const Octets whole = datagram(8 * Reassembly::max_parts - 8);
  for (std::size_t at = 0; at < whole.size(); at += 8) {
    const bool more = at + 8 < whole.size();
    BOOST_TEST(many.add(ipv4_fragment(part_of(whole, at, at + 8), at, more)) == !more);
  }
  const Octets larger = datagram(8 * Reassembly::max_parts);
  for (std::size_t at = 0; at < larger.size(); at += 8) {
    BOOST_TEST(!many.add(ipv4_fragment(part_of(larger, at, at + 8), at, at + 8 < larger.size())));
  }
  for (const std::size_t packets : {Reassembly::max_packets, Reassembly::max_packets + 1}) {
    Parts parts;
    for (std::size_t i = 0; i < packets; ++i) {
      Octets first = ipv4_fragment(part_of(whole, 0, 48), 0, true);
      first[4] = static_cast<std::uint8_t>(i);
      parts.add(first);
      parts.now += 1ms;
    }
    Octets last = ipv4_fragment(part_of(whole, 48, whole.size()), 48, false);
    last[4] = 0;
    BOOST_TEST(parts.add(last) == (packets == Reassembly::max_packets));
  }
}

BOOST_AUTO_TEST_SUITE_END()
