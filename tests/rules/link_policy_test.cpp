// Tests of reading policies: everything that is wrong is told at once, each with its place.
// SPDX-License-Identifier: Apache-2.0
#include "rules/link_policy.hpp"

#include <boost/test/unit_test.hpp>

#include "srvwarden/catalogue.hpp"

using namespace srvwarden;
using namespace srvwarden::rules;

BOOST_AUTO_TEST_SUITE(link_policy)

BOOST_AUTO_TEST_CASE(reads_all_that_there_is) {
  const PolicyReading reading = read_link_policy(
      "unexpected = \"error\"\n[severity]\nBL005 = \"off\"\ntxt-changed = \"warning\"\n"
      "[[expect]]\ntype = \"_ipp._tcp\"\ninstance = \"Lobby*\"\nhost = \"lobby.local\"\n"
      "port = 631\ntxt = { rp = \"ipp/print\", Color = true }\n",
      "p.toml");
  BOOST_TEST_REQUIRE(reading.faults.empty());
  const LinkPolicy& policy = reading.policy;
  BOOST_TEST((policy.severity_of(*find_rule("BL009")) == Severity::error));
  BOOST_TEST(!policy.severity_of(*find_rule("BL005")));
  BOOST_TEST((policy.severity_of(*find_rule("BL006")) == Severity::warning));
  BOOST_TEST((policy.severity_of(*find_rule("BL001")) == find_rule("BL001")->severity));
  BOOST_TEST_REQUIRE(policy.expected.size() == 1U);
  const Expectation& one = policy.expected[0];
  BOOST_TEST(one.at.line == 5U);
  BOOST_TEST(one.type == "_ipp._tcp");
  BOOST_TEST(one.instance == "Lobby*");
  BOOST_TEST(one.host == "lobby.local");
  BOOST_TEST(one.port.value() == 631);
  BOOST_TEST_REQUIRE(one.txt.size() == 2U);
  BOOST_TEST(one.txt[0].key == "Color");
  BOOST_TEST(!one.txt[0].value);
  BOOST_TEST(one.txt[1].value.value() == "ipp/print");
}

BOOST_AUTO_TEST_CASE(tells_every_fault_with_its_place) {
  struct Row {
    std::string toml;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> places;
  };
  const Row rows[] = {
      {"", {}},
      {"unexpected = ", {{1, 14}}},
      {"unexpected = \"errr\"\nexpected = 1", {{1, 14}, {2, 1}}},
      {"[severity]\nBL011 = \"off\"\nSN002 = \"off\"\nBL001 = \"fatal\"\nBL002 = 1",
       {{2, 1}, {3, 1}, {4, 9}, {5, 9}}},
      {"[severity]\nBL001 = \"off\"\ninstance-new = \"off\"", {{3, 16}}},
      {"[severity]\nBL009 = \"off\"", {}},
      {"severity = 1\nexpect = 1", {{1, 12}, {2, 10}}},
      {"[[expect]]\nport = 0\ntype = \"*\"", {}},
      {"[[expect]]\nport = 65535\ntype = \"*\"", {}},
      {"[[expect]]\nport = 65536\ntype = \"*\"", {{2, 8}}},
      {"[[expect]]\nport = \"80\"\ntype = \"ipp\"", {{2, 8}, {3, 8}}},
      {"[[expect]]\nport = 80", {{1, 1}}},
      {"[[expect]]\ninstance = \"\"", {{2, 12}}},
      {"[[expect]]\ntype = \"*\"\ntxt = { a = 1, b = false, \"c=d\" = true }",
       {{3, 13}, {3, 20}, {3, 35}}},
      {"[[expect]]\ntype = \"*\"\ntxt = { a = \"" + std::string(253, 'x') + "\" }", {}},
      {"[[expect]]\ntype = \"*\"\ntxt = { a = \"" + std::string(254, 'x') + "\" }", {{3, 13}}},
      {"[[expect]]\ntpye = \"*\"\ntype = \"*\"", {{2, 1}}},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.toml) {
      std::vector<std::pair<std::uint32_t, std::uint32_t>> places;
      for (const PolicyFault& fault : read_link_policy(row.toml, "p.toml").faults) {
        places.emplace_back(fault.at.line, fault.at.column);
      }
      BOOST_TEST((places == row.places), places.size());
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
