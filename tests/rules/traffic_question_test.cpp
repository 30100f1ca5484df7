// Tests of the rules of questions, their answers, and changes: both sides of each limit.
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

Packets asked_at(std::initializer_list<milliseconds> times, std::uint16_t class_field = 1) {
  Packets packets;
  for (const auto time : times) {
    packets.push_back(
        Announcement(0).ask(type, Type::ptr, class_field).from("10.77.0.2").at(start + time));
  }
  return packets;
}

/// A question that lists a record as known.
Announcement knowing(milliseconds at, std::uint32_t ttl, std::uint16_t flags = 0) {
  return Announcement(flags).ask(type).ptr(type, foo, ttl).from("10.77.0.2").at(start + at);
}

Announcement pointer(milliseconds at, std::string_view address = "10.77.0.1",
                     std::uint32_t ttl = 4500) {
  return Announcement().ptr(type, foo, ttl).from(address).at(start + at);
}

Announcement by_unicast(milliseconds at) { return announced(at).to("10.77.0.2"); }

Announcement service(milliseconds at, std::string_view address, std::string_view port) {
  return Announcement().srv(foo, host, port).from(address).at(start + at);
}

/// Two hosts in turn, each so often, with an interval.
Packets turns(int number, milliseconds interval, std::string_view second_port) {
  Packets packets;
  for (int i = 0; i < number; ++i) {
    packets.push_back(service(2 * i * interval, "10.77.0.1", "0050"));
    packets.push_back(service((2 * i + 1) * interval, "10.77.0.2", second_port));
  }
  return packets;
}

Packets updates(int number, milliseconds interval) {
  Packets packets;
  for (int i = 0; i <= number; ++i) {
    const std::string data = i % 2 == 0 ? "03'a=1'" : "03'a=2'";
    packets.push_back(Announcement().txt(foo, data).at(start + i * interval));
  }
  return packets;
}

/// Answers with these addresses, ten seconds apart.
Packets with_addresses(const std::vector<std::vector<std::string>>& answers) {
  Packets packets;
  milliseconds at = 0ms;
  for (const auto& addresses : answers) {
    packets.push_back(question(at, host, Type::a));
    Announcement answer;
    for (const std::string& address : addresses) answer.a(host, address);
    packets.push_back(answer.at(start + at + 50ms));
    at += 10s;
  }
  return packets;
}

Packets thrice(std::string_view name, Type asked, milliseconds first) {
  return {question(first, name, asked), question(first + 1s, name, asked),
          question(first + 3s, name, asked)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(traffic_of_questions)

BOOST_AUTO_TEST_CASE(asking) {
  const Packets refreshed = {pointer(0s, "10.77.0.1", 120), question(96s), question(102s),
                             question(108s), question(114s)};
  check({
      {"500 ms apart", "MD076", asked_at({0ms, 500ms}), true},
      {"999 ms apart", "MD076", asked_at({0ms, 999ms}), true},
      {"1 s apart", "MD076", asked_at({0ms, 1000ms}), false},
      {"every second", "MD076", asked_at({0ms, 1000ms, 2000ms}), true},
      {"doubling", "MD076", asked_at({0ms, 1000ms, 3000ms, 7000ms}), false},
      {"hourly", "MD076", asked_at({0h, 1h, 2h, 3h}), false},
      {"a record is about to expire", "MD076", refreshed, false},
      {"by a legacy resolver",
       "MD076",
       {Announcement(0).ask(type).from("10.77.0.2").from_port(40000).at(start),
        Announcement(0).ask(type).from("10.77.0.2").from_port(40000).at(start + 500ms)},
       false},
      {"by probes", "MD076", well_begun(), false},
      {"by unicast twice", "MD037", asked_at({0ms, 1000ms}, 0x8001), true},
      {"by unicast every minute", "MD037", asked_at({0s, 60s, 120s}, 0x8001), true},
      {"by unicast a minute later", "MD037", asked_at({0s, 60s}, 0x8001), false},
      {"by unicast first", "MD037", asked_at({0s}, 0x8001) + asked_at({1s}), false},
      {"probes", "MD037", well_begun(), false},
  });
}

BOOST_AUTO_TEST_CASE(asking_together) {
  const auto other = [](milliseconds at) { return Announcement(question(at)).from("10.77.0.3"); };
  const Announcement heard =
      Announcement(0).ask("x.local", Type::a).from("10.77.0.3").at(start - 5s);
  const Announcement knows =
      Announcement(0).ask(type).ptr(type, foo, 4400).from("10.77.0.3").at(start + 20ms);
  check({
      {"10 ms later", "MD073", {heard, question(0ms), other(10ms)}, true},
      {"9 ms later", "MD073", {heard, question(0ms), other(9ms)}, false},
      {"100 ms later", "MD073", {heard, question(0ms), other(100ms)}, true},
      {"101 ms later", "MD073", {heard, question(0ms), other(101ms)}, false},
      {"a host that has just come", "MD073", {question(0ms), other(20ms)}, false},
      {"with a known answer", "MD073", {heard, pointer(-100s), question(0ms), knows}, false},
      {"the same host", "MD073", {heard, other(0ms), other(20ms)}, false},
  });
}

BOOST_AUTO_TEST_CASE(known_answers) {
  const auto answered = [](std::uint32_t ttl) {
    return Packets{pointer(-200s), knowing(0ms, ttl), pointer(60ms)};
  };
  const Announcement rest =
      Announcement(0).ptr(type, foo, 4000).from("10.77.0.2").at(start + 100ms);
  const auto alone = [](milliseconds at) { return knowing(at, 4000, 0x0200); };
  check({
      {"2250 of 4500", "MD070", answered(2250), true},
      {"2249 of 4500", "MD070", answered(2249), false},
      {"asked by another as well",
       "MD070",
       {pointer(-200s), knowing(0ms, 4000), Announcement(question(5ms)).from("10.77.0.3"),
        pointer(60ms)},
       false},
      {"asked without it before",
       "MD070",
       {pointer(-200s), Announcement(question(-1s)).from("10.77.0.3"), knowing(0ms, 4000),
        pointer(60ms)},
       false},
      {"other data",
       "MD070",
       {pointer(-200s), knowing(0ms, 4000),
        Announcement().ptr(type, "Bar._http._tcp.local").at(start + 60ms)},
       false},
      {"1000 of 4500", "MD071", {pointer(-200s), knowing(0ms, 1000)}, true},
      {"2250 of 4500", "MD071", {pointer(-200s), knowing(0ms, 2250)}, false},
      {"2249 of 4500", "MD071", {pointer(-200s), knowing(0ms, 2249)}, true},
      {"of a record that was never seen", "MD071", {knowing(0ms, 1000)}, false},
      {"TC alone, once: the rest may be lost", "MD072", {alone(0ms), alone(10s)}, false},
      {"TC alone, twice", "MD072", {alone(0ms), alone(10s), alone(20s)}, true},
      {"TC and the rest", "MD072", {alone(0ms), rest}, false},
      {"the rest without TC", "MD072", {knowing(0ms, 4000), rest}, true},
      {"the rest asks again", "MD072", {pointer(-200s), alone(0ms), knowing(100ms, 4000)}, true},
  });
}

BOOST_AUTO_TEST_CASE(answering) {
  const auto answered = [](milliseconds delay) {
    return Packets{pointer(-200s), question(0ms), pointer(delay)};
  };
  const auto both = [](milliseconds gap, std::uint32_t ttl) {
    return Packets{pointer(-200s), question(0ms), pointer(40ms),
                   pointer(40ms + gap, "10.77.0.3", ttl)};
  };
  check({
      {"2 ms", "MD077", answered(2ms), true},
      {"17 ms", "MD077", answered(17ms), true},
      {"18 ms", "MD077", answered(18ms), false},
      {"60 ms", "MD077", answered(60ms), false},
      {"682 ms", "MD077", answered(682ms), false},
      {"683 ms", "MD077", answered(683ms), true},
      {"1.9 s", "MD077", answered(1900ms), true},
      {"2 ms, unique",
       "MD077",
       {service(-200s, "10.77.0.1", "0050"), question(0ms, foo, Type::srv),
        service(2ms, "10.77.0.1", "0050")},
       false},
      {"2 ms after the second question",
       "MD077",
       {pointer(-200s), question(-50ms), Announcement(question(0ms)).from("10.77.0.3"),
        pointer(2ms)},
       false},
      {"40 ms later", "MD074", both(40ms, 4500), true},
      {"9 ms later", "MD074", both(9ms, 4500), false},
      {"500 ms later", "MD074", both(500ms, 4500), true},
      {"501 ms later", "MD074", both(501ms, 4500), false},
      {"the TTL seen was lower",
       "MD074",
       {pointer(-200s), question(0ms), pointer(40ms, "10.77.0.1", 4499),
        pointer(80ms, "10.77.0.3")},
       false},
  });
}

BOOST_AUTO_TEST_CASE(answering_by_unicast) {
  const auto asked = [](milliseconds at, std::uint16_t class_field) {
    return asked_at({at}, class_field).front();
  };
  const Announcement direct = Announcement(question(0ms)).to("10.77.0.1");
  Announcement large = by_unicast(10ms);
  for (int i = 0; i < 20; ++i) {
    large.ptr(type, "Long name of an instance, number " + std::to_string(i) + "._http._tcp.local");
  }
  check({
      {"announced so", "MD003", {by_unicast(0ms)}, true},
      {"after a QM question", "MD003", {asked(0ms, 1), by_unicast(10ms)}, true},
      {"after a QU question", "MD003", {asked(0ms, 0x8001), by_unicast(10ms)}, false},
      {"2499 ms after it", "MD003", {asked(0ms, 0x8001), by_unicast(2499ms)}, false},
      {"2500 ms after it", "MD003", {asked(0ms, 0x8001), by_unicast(2500ms)}, true},
      {"asked by unicast", "MD003", {direct, by_unicast(10ms)}, false},
      {"to a legacy querier", "MD003", {announced(0ms).to("10.77.0.2", 40000)}, false},
      {"a small answer", "SC010", {asked(0ms, 0x8001), by_unicast(10ms)}, false},
      {"a large answer", "SC010", {asked(0ms, 0x8001), large}, true},
      {"a large answer by multicast", "SC010", {question(0ms), announced(60ms)}, false},
  });
}

BOOST_AUTO_TEST_CASE(changing) {
  check({
      {"two hosts in turn", "MD057", turns(3, 3s, "0051"), true},
      {"no longer than it takes to settle", "MD057", turns(3, 1s, "0051"), false},
      {"the second gives way", "MD057", turns(1, 3s, "0051") + service(6s, "10.77.0.1", "0050"),
       false},
      {"the same data", "MD057", turns(3, 3s, "0050"), false},
      {"eleven in 55 s", "MD061", updates(11, 5s), true},
      {"ten in 50 s", "MD061", updates(10, 5s), false},
      {"eleven in 66 s", "MD061", updates(11, 6s + 600ms), false},
  });
}

BOOST_AUTO_TEST_CASE(leaving_out) {
  const std::string one = "0A4D0001";
  const std::string two = "0A4D0005";
  check({
      {"one of two, and both again", "MD080", with_addresses({{one, two}, {one}, {one, two}}),
       true},
      {"one of two, and both again", "MD088", with_addresses({{one, two}, {one}, {one, two}}),
       true},
      {"one of two taken away", "MD080", with_addresses({{one, two}, {one}, {one}}), false},
      {"always both", "MD080", with_addresses({{one, two}, {two, one}, {one, two}}), false},
      {"one, then the other, then the one", "MD080", with_addresses({{one}, {two}, {one}}), true},
      {"never together", "MD088", with_addresses({{one}, {two}, {one}}), false},
      {"A alone, of a host with both",
       "MD082",
       {Announcement()
            .a(host, one)
            .add(host, Type::aaaa, 0x8001, 120, "FE80000000000000000000000000ABCD")
            .at(start),
        question(10s, host, Type::a), Announcement().a(host, one).at(start + 10050ms)},
       true},
      {"A alone, of a host that may have no more",
       "MD082",
       {Announcement().a(host, one).at(start), question(10s, host, Type::a),
        Announcement().a(host, one).at(start + 10050ms)},
       false},
  });
}

BOOST_AUTO_TEST_CASE(answers_that_never_come) {
  const Packets alive = {announced(20s)};
  const Announcement nsec =
      Announcement().add(host, Type::nsec, 0x8001, 120, "", host, "000140").at(start + 50ms);
  const auto any = [](const Announcement& answer) {
    return Packets{announced(-100s), question(0ms, foo, Type::any), answer};
  };
  check({
      {"AAAA in vain", "MD078", well_begun() + thrice(host, Type::aaaa, 5s) + alive, true, 3s},
      {"the host is not heard any more", "MD078", well_begun() + thrice(host, Type::aaaa, 5s),
       false, 20s},
      {"asked twice", "MD078",
       well_begun() + question(5s, host, Type::aaaa) + question(6s, host, Type::aaaa) + alive,
       false, 3s},
      {"denied", "MD078", well_begun() + nsec + thrice(host, Type::aaaa, 5s) + alive, false, 3s},
      {"nobody's name", "MD078", well_begun() + thrice("x.local", Type::aaaa, 5s) + alive, false,
       3s},
      {"SRV without TXT", "MD085", any(service(50ms, "10.77.0.1", "0050")), true, 3s},
      {"all", "MD085", any(announced(50ms)), false, 3s},
      {"none", "MD085", any(question(50ms)), false, 3s},
  });
}

BOOST_AUTO_TEST_CASE(withdrawing) {
  const auto goodbye = [](milliseconds at, bool with_pointer) {
    Announcement packet;
    packet.srv(foo, host, "0050", 0).txt(foo, "06'path=/'", 0);
    if (with_pointer) packet.ptr(type, foo, 0);
    return packet.at(start + at);
  };
  const std::string bar = "Bar._http._tcp.local";
  const Announcement renamed =
      Announcement().ptr(type, bar).srv(bar, host, "0050").txt(bar).at(start + 20s);
  const Announcement other =
      Announcement().ptr(type, bar).srv(bar, host, "0051").txt(bar).at(start + 20s);
  const Packets asked = thrice(type, Type::ptr, 30s);
  const auto answer = [&](milliseconds at) { return Announcement().ptr(type, bar).at(start + at); };
  const auto rename = [&](const Announcement& to) {
    return well_begun() + to + asked + answer(33050ms);
  };
  check({
      {"PTR is left", "MD044", well_begun() + goodbye(10s, false), true, 2s},
      {"it may still come", "MD044", well_begun() + goodbye(10s, false), false, 1999ms},
      {"all", "MD044", well_begun() + goodbye(10s, true), false, 2s},
      {"nothing: the power may be off", "MD044", well_begun(), false, 60s},
      {"renamed", "MD046", rename(renamed), true, 3s},
      {"renamed after a goodbye", "MD046",
       well_begun() + goodbye(10s, true) + renamed + asked + answer(33050ms), false, 3s},
      {"a second service", "MD046", rename(other), false, 3s},
      {"both names are answered", "MD046", rename(renamed) + pointer(33060ms), false, 3s},
      {"not asked", "MD046", well_begun() + renamed, false, 60s},
  });
}

BOOST_AUTO_TEST_SUITE_END()
