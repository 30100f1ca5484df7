// Tests that whoever sends many packets of many names makes none of them cost more than another.
// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <ctime>
#include <functional>

#include "rules/packet_sequence.hpp"

using namespace srvwarden;
using namespace srvwarden::test;

namespace {

using Make = std::function<Announcement(unsigned)>;

/// Seconds of this process for so many packets and the result.
double seconds_for(unsigned number, const Make& make) {
  std::vector<Announcement> packets;
  packets.reserve(number);
  for (unsigned i = 0; i < number; ++i) packets.push_back(make(i).at(start + milliseconds(i)));
  const std::clock_t begin = std::clock();
  rules::Auditor auditor({});
  for (const Announcement& packet : packets) auditor.add(packet.packet());
  auditor.result();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

std::string numbered(unsigned number) {
  return std::string("n").append(std::to_string(number)).append("|_http._tcp.local");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(traffic_under_load)

/// Eight times as many packets may take at most 32 times as long: squares would take 64 times.
BOOST_AUTO_TEST_CASE(costs_are_linear, *boost::unit_test::timeout(300)) {
  const std::pair<const char*, Make> makes[] = {
      {"names from one sender",
       [](unsigned i) { return Announcement().srv(numbered(i), host, "0050"); }},
      {"types of one name",
       [](unsigned i) {
         return Announcement().add(foo, static_cast<Type>(i % 60'000), 0x8001, 120, "00");
       }},
      {"data of one record",
       [](unsigned i) {
         return Announcement().srv(foo, std::string("h").append(std::to_string(i)).append(".local"),
                                   "0050");
       }},
      {"senders of a question",
       [](unsigned i) {
         return Announcement(0).ask(type).from("10." + std::to_string(i >> 16) + '.' +
                                               std::to_string(i >> 8 & 255) + '.' +
                                               std::to_string(i & 255));
       }},
      {"types asked for",
       [](unsigned i) { return Announcement(0).ask(foo, static_cast<Type>(i % 60'000)); }},
      {"probes",
       [](unsigned i) {
         return Announcement(0)
             .probe(numbered(i))
             .in(Section::authority)
             .srv(numbered(i), host, "0050");
       }},
  };
  for (const auto& [what, make] : makes) {
    BOOST_TEST_CONTEXT(what) {
      constexpr unsigned few = 5'000;
      const double base = std::max(seconds_for(few, make), 0.002);
      BOOST_TEST(seconds_for(8 * few, make) < 32 * base);
    }
  }
}

/// All questions of a packet beside all records of it.
BOOST_AUTO_TEST_CASE(one_packet_is_not_its_own_square, *boost::unit_test::timeout(60)) {
  const Make full = [](unsigned i) {
    Announcement packet(0);
    for (int n = 0; n < 700; ++n) packet.probe(foo);
    packet.in(Section::authority);
    for (int n = 0; n < 300; ++n) {
      packet.add(foo, static_cast<Type>(1000 + n), 1, 120, i % 2 == 0 ? "00" : "01");
    }
    return packet;
  };
  BOOST_TEST(seconds_for(100, full) < 10.0);
}

BOOST_AUTO_TEST_SUITE_END()
