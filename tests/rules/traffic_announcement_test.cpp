// Tests of the rules of probes and announcements: both sides of each limit.
// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include "rules/packet_sequence.hpp"

using namespace srvwarden;
using namespace srvwarden::test;

namespace {

struct Row {
  const char* what;
  std::string_view id;
  Packets packets;
  bool found;
  milliseconds after = 0ms;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.id << ": " << row.what) {
      BOOST_TEST((count(row.packets, row.id, row.after) > 0) == row.found);
    }
  }
}

Packets announced_at(std::initializer_list<milliseconds> times) {
  Packets packets;
  for (const auto time : times) packets.push_back(announced(time));
  return packets;
}

Packets probed_at(std::initializer_list<milliseconds> times, milliseconds announced_first) {
  Packets packets;
  for (const auto time : times) packets.push_back(proposed(time));
  return packets + announced(announced_first) + announced(announced_first + 1s);
}

/// A second service of the first host, probed for twice, announced as often as said.
Packets another(milliseconds at, bool again) {
  const std::string bar = "Bar._http._tcp.local";
  Packets packets;
  for (const auto time : {0ms, 250ms}) {
    packets.push_back(Announcement(0)
                          .probe(bar)
                          .in(Section::authority)
                          .srv(bar, host, "0051")
                          .at(start + at + time));
  }
  for (const auto time : {500ms, 1500ms}) {
    if (time > 500ms && !again) break;
    packets.push_back(Announcement().srv(bar, host, "0051").at(start + at + time));
  }
  return packets;
}

Announcement single_probe(std::string_view address, std::string_view port, milliseconds at) {
  return Announcement(0)
      .probe(foo)
      .in(Section::authority)
      .srv(foo, host, port)
      .from(address)
      .at(start + at);
}

/// Both hosts probe, the second 100 ms after the first, which has the lesser port.
Packets tie(int first_probes, int second_probes) {
  Packets packets;
  for (int i = 0; i < 3; ++i) {
    if (i < first_probes) packets.push_back(single_probe("10.77.0.1", "0050", i * 250ms));
    if (i < second_probes) packets.push_back(single_probe("10.77.0.2", "0051", i * 250ms + 100ms));
  }
  return packets;
}

/// So many names are probed for, 300 ms apart, and defended by another host. The next probe comes
/// after a pause.
Packets conflicts(int number, milliseconds pause) {
  Packets packets;
  const auto probe = [](int i, milliseconds at) {
    const std::string name = "Foo (" + std::to_string(i) + ")|_http._tcp.local";
    return Announcement(0)
        .probe(name)
        .in(Section::authority)
        .srv(name, host, "0050")
        .at(start + at);
  };
  for (int i = 0; i < number; ++i) {
    const std::string name = "Foo (" + std::to_string(i) + ")|_http._tcp.local";
    packets.push_back(probe(i, i * 300ms));
    packets.push_back(Announcement()
                          .srv(name, "other.local", "0050")
                          .from("10.77.0.2")
                          .at(start + i * 300ms + 10ms));
  }
  return packets + probe(number, (number - 1) * 300ms + 10ms + pause);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(traffic_of_announcements)

BOOST_AUTO_TEST_CASE(who_does_as_it_should_is_left_alone) {
  const auto four = well_begun() + announced(3750ms) + announced(7750ms);
  BOOST_TEST(faults(four, 10s) == "");
}

BOOST_AUTO_TEST_CASE(probing) {
  check({
      {"announced at once", "MD050", announced_at({0ms, 1000ms}), true},
      {"probed", "MD050", well_begun(), false},
      {"once only: an answer to who knows what", "MD050", announced_at({0ms}), false},
      {"three probes", "MD051", well_begun(), false},
      {"240 ms apart", "MD051", probed_at({0ms, 240ms, 490ms}, 740ms), false},
      {"100 ms apart", "MD051", probed_at({0ms, 100ms, 200ms}, 450ms), true},
      {"225 ms apart", "MD051", probed_at({0ms, 225ms, 450ms}, 700ms), false},
      {"224 ms apart", "MD051", probed_at({0ms, 224ms, 448ms}, 700ms), true},
      {"275 ms apart", "MD051", probed_at({0ms, 275ms, 550ms}, 800ms), false},
      {"276 ms apart", "MD051", probed_at({0ms, 276ms, 552ms}, 802ms), true},
      {"one of three lost", "MD051", probed_at({0ms, 500ms}, 750ms), false},
      {"four", "MD051", probed_at({0ms, 250ms, 500ms, 750ms}, 1000ms), true},
      {"announced too soon", "MD051", probed_at({0ms, 250ms, 500ms}, 724ms), true},
      {"announced in time", "MD051", probed_at({0ms, 250ms, 500ms}, 725ms), false},
      {"two, once", "MD051", probed_at({0ms, 250ms}, 500ms), false},
      {"two, twice", "MD051", probed_at({0ms, 250ms}, 500ms) + another(5s, true), true},
  });
}

BOOST_AUTO_TEST_CASE(what_a_probe_is) {
  const auto probe = [](Type asked, std::uint16_t class_field) {
    return Packets{Announcement(0)
                       .ask(foo, asked, class_field)
                       .in(Section::authority)
                       .srv(foo, host, "0050")
                       .at(start)};
  };
  const auto probes = [&](std::initializer_list<std::uint16_t> class_fields) {
    Packets packets;
    milliseconds at = start;
    for (const std::uint16_t class_field : class_fields) {
      packets.push_back(probe(Type::any, class_field).front().at(at));
      at += 250ms;
    }
    return packets;
  };
  const Announcement without_txt =
      Announcement(0).probe(foo).in(Section::authority).srv(foo, host, "0050");
  const Announcement nothing = Announcement(0).probe(foo);
  const auto thrice = [](Announcement packet) {
    Packets packets;
    for (const auto time : {0ms, 250ms, 500ms}) packets.push_back(packet.at(start + time));
    return packets + announced(750ms) + announced(1750ms);
  };
  check({
      {"for SRV", "MD052", probe(Type::srv, 0x8001), true},
      {"for all", "MD052", probe(Type::any, 0x8001), false},
      {"a question", "MD052", {question(0ms, foo, Type::srv)}, false},
      {"by multicast", "MD053", probes({1, 1, 1}), true},
      {"by multicast, or the first is lost", "MD053", probes({1, 1}), false},
      {"the first by unicast", "MD053", probes({0x8001, 1, 1}), false},
      {"by unicast", "MD053", probes({0x8001, 0x8001, 0x8001}), false},
      {"by unicast, any class", "MD053", probes({0x80FF, 0x80FF, 0x80FF}), false},
      {"SRV without TXT", "MD054", thrice(without_txt), true},
      {"no records", "MD054", thrice(nothing), true},
      {"no records is no absence of probes", "MD050", thrice(nothing), false},
      {"all records", "MD054", well_begun(), false},
  });
}

BOOST_AUTO_TEST_CASE(conflicts_and_ties) {
  Packets alike;
  for (int i = 0; i < 3; ++i) {
    alike.push_back(single_probe("10.77.0.1", "0050", i * 250ms));
    alike.push_back(single_probe("10.77.0.2", "0050", i * 250ms + 100ms));
  }
  check({
      {"the loser goes on", "MD056", tie(3, 3), true},
      {"the loser stops", "MD056", tie(2, 3), false},
      {"the winner alone goes on", "MD056", tie(1, 3), false},
      {"the same proposal", "MD056", alike, false},
      {"the sixteenth too soon", "MD055", conflicts(15, 4999ms), true},
      {"the sixteenth in time", "MD055", conflicts(15, 5000ms), false},
      {"fifteen", "MD055", conflicts(14, 300ms), false},
  });
}

BOOST_AUTO_TEST_CASE(signs_do_not_decide_ties) {
  // RFC 6762 §8.2.1: 169.254.200.50 beats 169.254.99.200.
  Packets packets;
  const auto probe = [](std::string_view address, std::string_view data, milliseconds at) {
    return Announcement(0)
        .probe(host)
        .in(Section::authority)
        .a(host, data)
        .from(address)
        .at(start + at);
  };
  for (int i = 0; i < 3; ++i) {
    packets.push_back(probe("169.254.200.50", "A9FEC832", i * 250ms));
    if (i < 2) packets.push_back(probe("169.254.99.200", "A9FE63C8", i * 250ms + 100ms));
  }
  BOOST_TEST(count(packets, "MD056") == 0u);
  packets.push_back(probe("169.254.99.200", "A9FE63C8", 600ms));
  BOOST_TEST(count(packets, "MD056") == 1u);
}

BOOST_AUTO_TEST_CASE(announcing) {
  const Packets probes = {proposed(0ms), proposed(250ms), proposed(500ms)};
  const auto after_probes = [&](std::initializer_list<milliseconds> times) {
    Packets packets = probes;
    for (const auto time : times) packets.push_back(announced(750ms + time));
    return packets;
  };
  const Packets nine = announced_at({0s, 1s, 3s, 7s, 15s, 31s, 63s, 127s, 255s});
  const Packets eight(nine.begin(), nine.end() - 1);
  const Packets twice_once = after_probes({0ms}) + another(5s, false);
  Packets ipv6 = well_begun();
  for (const Announcement& packet : well_begun()) {
    ipv6.push_back(Announcement(packet).from_ipv6("fe80::1"));
  }
  const auto by_time = [](const Announcement& packet) { return packet.packet().time; };
  std::ranges::stable_sort(ipv6, {}, by_time);
  check({
      {"500 ms apart", "MD058", after_probes({0ms, 500ms}), true},
      {"999 ms apart", "MD058", after_probes({0ms, 999ms}), true},
      {"1 s apart", "MD058", after_probes({0ms, 1000ms}), false, 5s},
      {"once: the other may be lost", "MD058", after_probes({0ms}), false, 5s},
      {"once, and once", "MD058", twice_once, true, 5s},
      {"once, and once, of late", "MD058", twice_once, false, 2s},
      {"over both families", "MD058", ipv6, false, 5s},
      {"over both families", "MD075", ipv6, false},
      {"every second", "MD059", announced_at({0ms, 1000ms, 2000ms}), true},
      {"doubling", "MD059", announced_at({0ms, 1000ms, 3000ms, 7000ms}), false},
      {"doubling, a tenth less", "MD059", announced_at({0ms, 1000ms, 2800ms, 6040ms}), false},
      {"odd, once", "MD059", announced_at({0ms, 1000ms, 2700ms}), false},
      {"odd, twice", "MD059", announced_at({0ms, 1000ms, 2700ms, 5500ms}), true},
      {"eight", "MD059", eight, false},
      {"nine", "MD059", nine, true},
      {"anew after probes", "MD059",
       well_begun() + announced(3750ms) +
           Packets{proposed(5s), proposed(5250ms), proposed(5500ms), announced(5750ms),
                   announced(6750ms), announced(8750ms)},
       false},
      {"every minute", "MD060", announced_at({0s, 60s, 120s}), true},
      {"every 200 s", "MD060", announced_at({0s, 200s, 400s}), true},
      {"within a tenth", "MD060", announced_at({0s, 60s, 126s}), true},
      {"beyond a tenth", "MD060", announced_at({0s, 60s, 127s}), false},
      {"twice", "MD060", announced_at({0s, 60s}), false},
      {"asked for",
       "MD060",
       {announced(0s), question(59950ms), announced(60s), question(119950ms), announced(120s)},
       false},
      {"below 10 s", "MD060", announced_at({0s, 9s, 18s}), false},
      {"changed",
       "MD060",
       {announced(0s), announced(60s), announced(120s).txt("New._http._tcp.local")},
       false},
  });
}

BOOST_AUTO_TEST_CASE(repeats) {
  const auto twice = [](milliseconds gap) {
    return Packets{question(-100ms), announced(0ms), announced(gap)};
  };
  /// Who owns the name answers a probe for it, and again.
  const auto defended = [](milliseconds gap) {
    const auto answer = [](milliseconds at) {
      return Announcement().srv(foo, host, "0050").at(start + at);
    };
    return Packets{answer(-100s), single_probe("10.77.0.2", "0051", -100ms), answer(0ms),
                   answer(gap)};
  };
  check({
      {"0 and 999 ms", "MD075", twice(999ms), true},
      {"0 and 1000 ms", "MD075", twice(1000ms), false},
      {"an address beside a new service",
       "MD075",
       {opening(), Announcement().a(host, "0A4D0001").at(start),
        Announcement().srv(foo, host, "0050").a(host, "0A4D0001").at(start + 500ms)},
       false},
      {"an address alone",
       "MD075",
       {opening(), Announcement().a(host, "0A4D0001").at(start),
        Announcement().a(host, "0A4D0001").at(start + 500ms)},
       true},
      {"a goodbye at once",
       "MD075",
       {announced(0ms), Announcement().ptr(type, foo, 0).at(start + 100ms)},
       false},
      {"defended after 249 ms", "MD075", defended(249ms), true},
      {"defended after 250 ms", "MD075", defended(250ms), false},
  });
}

BOOST_AUTO_TEST_CASE(a_capture_may_begin_in_the_middle) {
  // No opening packet: the first announcement is the first thing seen.
  const auto from = [](std::initializer_list<milliseconds> times) {
    return faults(announced_at(times), 10s);
  };
  BOOST_TEST(from({0ms, 1000ms, 3000ms}) == "");
  BOOST_TEST(from({0ms, 4000ms}) == "");
}

BOOST_AUTO_TEST_SUITE_END()
