// Tests of choosing interfaces.
// SPDX-License-Identifier: Apache-2.0
#include "link/interfaces.hpp"

#include <boost/test/unit_test.hpp>

using namespace srvwarden::link;

namespace {

const std::vector<Interface> all = {
    {.name = "lo", .index = 1, .is_up = true, .can_multicast = true, .is_loopback = true},
    {.name = "eth0", .index = 2, .is_up = true, .can_multicast = true},
    {.name = "eth1", .index = 3, .is_up = false, .can_multicast = true},
    {.name = "tun0", .index = 4, .is_up = true, .can_multicast = false},
    {.name = "wlan0", .index = 5, .is_up = true, .can_multicast = true},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(interfaces)

BOOST_AUTO_TEST_CASE(chooses) {
  struct Row {
    std::vector<std::string> names;
    std::vector<std::string> chosen;
    std::errc code;
  };
  const Row rows[] = {
      {{}, {"eth0", "wlan0"}, {}},
      {{"lo"}, {"lo"}, {}},  // only by name
      {{"wlan0", "eth0", "wlan0"}, {"wlan0", "eth0"}, {}},
      {{"eth1"}, {}, std::errc::network_down},
      {{"tun0"}, {}, std::errc::network_down},
      {{"eth0", "eth9"}, {}, std::errc::no_such_device},
      {{""}, {}, std::errc::no_such_device},
  };
  for (const Row& row : rows) {
    LinkError error;
    const auto chosen = choose_interfaces(all, row.names, error);
    std::vector<std::string> names;
    if (chosen) {
      for (const Interface& interface : *chosen) names.push_back(interface.name);
    } else {
      BOOST_TEST((error.code == row.code));
    }
    BOOST_TEST(names == row.chosen, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(there_may_be_none) {
  LinkError error;
  BOOST_TEST(!choose_interfaces(std::span(all).first(1), {}, error));
  BOOST_TEST((error.code == std::errc::no_such_device));
}

BOOST_AUTO_TEST_SUITE_END()
