// Tests of addresses.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/mdns_packet.hpp"

#include <boost/test/unit_test.hpp>

#include "wire/hex.hpp"

using namespace srvwarden;
using namespace srvwarden::wire;

BOOST_AUTO_TEST_SUITE(packet)

BOOST_AUTO_TEST_CASE(addresses_are_read_and_written) {
  struct Row {
    std::string_view in;
    std::string_view out;
  };
  const Row rows[] = {
      {"0.0.0.0", "0.0.0.0"},
      {"255.255.255.255", "255.255.255.255"},
      {"::", "::"},
      {"::1", "::1"},
      {"FE80::1", "fe80::1"},
      {"ff02::fb", "ff02::fb"},
      {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},  // the first of two equal runs
      {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},        // the longer run
      {"1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"},         // one group is no run
      {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.in) {
      const auto address = Address::parse(row.in);
      BOOST_TEST_REQUIRE(address.has_value());
      BOOST_TEST(address->text() == row.out);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_address_is_refused) {
  for (const std::string_view text :
       {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.4 ", "a.b.c.d", "1..2.3", ":",
        ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "12345::", "::g",
        "1::2::3", "fe80::1%eth0", "1:2:"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(!Address::parse(text)); }
  }
  BOOST_TEST(Address(test::octets("010203")).text() == "");
}

BOOST_AUTO_TEST_CASE(groups_are_multicast) {
  BOOST_TEST(mdns_group_ipv4().text() == "224.0.0.251");
  BOOST_TEST(mdns_group_ipv6().text() == "ff02::fb");
  BOOST_TEST(mdns_group_ipv4().is_multicast());
  BOOST_TEST(mdns_group_ipv6().is_multicast());
  BOOST_TEST(!Address::parse("223.255.255.255")->is_multicast());
  BOOST_TEST(!Address::parse("240.0.0.1")->is_multicast());
  BOOST_TEST(!Address().is_multicast());
}

BOOST_AUTO_TEST_SUITE_END()
