// What definitions of both formats ask to be announced.
// SPDX-License-Identifier: Apache-2.0
#include "announcements.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace srvwarden;
using namespace srvwarden::daemon;

}  // namespace

BOOST_AUTO_TEST_CASE(takes_each_service_of_an_avahi_file) {
  const Definition definition = read_definition("/d/a.service", R"(<service-group>
    <name>Lobby</name>
    <service protocol="ipv6"><type>_ipp._tcp</type><subtype>_x._sub._ipp._tcp</subtype>
      <domain-name>example.com</domain-name><host-name>p.example.com</host-name>
      <port>631</port><txt-record>a=1</txt-record><txt-record>b</txt-record></service>
    <service><type>_ipp._tcp</type><port>632</port></service>
    <service protocol="ipv4"><type>_http._tcp</type><port>65535</port></service>
  </service-group>)");
  const auto all = announcements_of(definition, "Lobby (2)");
  BOOST_TEST_REQUIRE(all.size() == 3U);
  BOOST_TEST((all[0] == Announcement{"/d/a.service _ipp._tcp",
                                     "Lobby (2)",
                                     "_ipp._tcp",
                                     {"_x._sub._ipp._tcp"},
                                     "example.com",
                                     "p.example.com",
                                     631,
                                     {"a=1", "b"},
                                     Protocol::ipv6,
                                     {}}));
  BOOST_TEST(all[1].key == "/d/a.service _ipp._tcp 2");
  BOOST_TEST((all[1].protocol == Protocol::any));
  BOOST_TEST(all[2].key == "/d/a.service _http._tcp");
  BOOST_TEST(all[2].port == 65535);
  BOOST_TEST((all[2].protocol == Protocol::ipv4));
}

BOOST_AUTO_TEST_CASE(completes_a_systemd_subtype) {
  const Definition definition = read_definition(
      "/d/b.dnssd", "[Service]\nName=B\nType=_http._tcp\nSubType=_x\nPort=80\nTxtText=k=v\n");
  const auto all = announcements_of(definition, "B");
  BOOST_TEST_REQUIRE(all.size() == 1U);
  BOOST_TEST(all[0].txt == std::vector<std::string>{"k=v"}, boost::test_tools::per_element());
  const std::vector<std::string> whole = {"_x._sub._http._tcp"};
  BOOST_TEST(all[0].subtypes == whole, boost::test_tools::per_element());
}
