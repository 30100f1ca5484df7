// Start keys: what a configuration that is read again cannot change, and nothing else.
// SPDX-License-Identifier: Apache-2.0
#include "config/start_keys.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>

#include "config/read_config.hpp"

namespace {

using namespace srvwarden::daemon;

std::string differing(const std::string& a, const std::string& b) {
  const ConfigReading one = parse_config(a, "/etc/srvwarden/srvwardend.toml");
  const ConfigReading other = parse_config(b, "/etc/srvwarden/srvwardend.toml");
  BOOST_TEST_REQUIRE(one.good());
  BOOST_TEST_REQUIRE(other.good());
  std::string all;
  for (const auto key : start_keys_that_differ(one.config, other.config)) {
    all.append(all.empty() ? "" : " ").append(key);
  }
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(start_keys_of_a_configuration)

BOOST_AUTO_TEST_CASE(each_differs_by_itself_and_no_other_does) {
  struct Row {
    const char* key;
    const char* text;
  };
  const Row rows[] = {
      {"", "folders = [\"/x\"]"},
      {"publisher", "publisher = \"avahi\""},
      {"interfaces", "interfaces = [\"eth7\"]"},
      {"host-name", "host-name = \"nas\""},
      {"", "overlays = [\"/x.toml\"]"},
      {"state", "state = \"/x\""},
      {"control.socket", "[control]\nsocket = \"/x/control\""},
      {"control.mode", "[control]\nmode = \"0600\""},
      {"control.group", "[control]\ngroup = \"adm\""},
      {"control.metrics-port", "[control]\nmetrics-port = 9000"},
      {"watch", "[watch]\nenabled = true"},
      {"log.format", "[log]\nformat = \"json\""},
      {"", "[log]\nlevel = \"error\"\nrate = 1\nburst = 1"},
      {"", "[[service]]\ninstance = \"*\"\nhost = \"nas.local\"\nhealth = {kind = \"tcp\"}"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text) {
      BOOST_TEST(differing("", row.text) == row.key);
      BOOST_TEST(differing(row.text, row.text) == "");
    }
  }
  BOOST_TEST(differing("state = \"/x\"", "publisher = \"avahi\"\n[control]\nmode = \"0600\"") ==
             "publisher state control.mode");
}

BOOST_AUTO_TEST_CASE(each_is_a_key_that_there_is) {
  const auto all = config_keys();
  for (const auto key : start_keys()) {
    BOOST_TEST_CONTEXT(key) { BOOST_TEST((std::find(all.begin(), all.end(), key) != all.end())); }
  }
}

BOOST_AUTO_TEST_SUITE_END()
