// Tests of [watch] of srvwardend.toml.
// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include "config/read_config.hpp"
#include "temporary_folder.hpp"
#include "watch/watch_files.hpp"

using namespace srvwarden::daemon;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(config_watch)

BOOST_AUTO_TEST_CASE(is_off_where_nothing_is_said) {
  const ConfigReading reading = parse_config("[watch]\n", "/etc/x/c.toml");
  BOOST_TEST_REQUIRE(reading.good());
  const WatchSettings& watch = reading.config.watch;
  BOOST_TEST(!watch.enabled);
  BOOST_TEST(watch.active);
  BOOST_TEST((watch.keep == 90 * 24h));
  BOOST_TEST((watch.interval == 60s));
  BOOST_TEST(watch.database.empty());
}

BOOST_AUTO_TEST_CASE(takes_what_is_said) {
  const ConfigReading reading = parse_config(
      "interfaces = [\"eth0\", \"eth1\"]\n[watch]\nenabled = true\ninterfaces = [\"eth1\"]\n"
      "mode = \"passive\"\ndatabase = \"h.db\"\nkeep = \"forever\"\npolicy = \"p.toml\"\n"
      "baseline = \"/b.json\"\nwebhook = \"HTTPS://x/\"\ninterval = 1.5\n",
      "/etc/x/c.toml");
  BOOST_TEST_REQUIRE(reading.good());
  const WatchSettings& watch = reading.config.watch;
  BOOST_TEST(watch.enabled);
  BOOST_TEST(!watch.active);
  BOOST_TEST(!watch.keep);
  BOOST_TEST((watch.interval == 1500ms));
  BOOST_TEST(watch.database == "/etc/x/h.db");
  BOOST_TEST(watch.policy == "/etc/x/p.toml");
  BOOST_TEST(watch.baseline == "/b.json");
  BOOST_TEST(watch.webhook == "HTTPS://x/");
  BOOST_TEST(parse_config("[watch]\ndatabase = \"none\"", "/c").config.watch.database == "none");
}

BOOST_AUTO_TEST_CASE(tells_what_is_wrong_with_its_place) {
  struct Row {
    std::string toml;
    std::uint32_t line, column;  // 0: nothing is wrong
  };
  const Row rows[] = {
      {"watch = 1", 1, 9},
      {"[watch]\nenabled = \"yes\"", 2, 11},
      {"[watch]\nenable = true", 2, 1},
      {"[watch]\nmode = \"activ\"", 2, 8},
      {"[watch]\nkeep = 90", 2, 8},
      {"[watch]\nkeep = \"90\"", 2, 8},
      {"[watch]\nkeep = \"1s\"", 0, 0},
      {"[watch]\nwebhook = \"ftp://x\"", 2, 11},
      {"[watch]\nwebhook = \"https://\"", 2, 11},
      {"[watch]\nwebhook = \"http://a b\"", 2, 11},
      {"[watch]\ninterval = 0.9", 2, 12},
      {"[watch]\ninterval = 1", 0, 0},
      {"[watch]\ninterval = 86400", 0, 0},
      {"[watch]\ninterval = 86401", 2, 12},
      {"[watch]\ninterfaces = [\"eth1\"]", 0, 0},
      {"interfaces = [\"eth0\"]\n[watch]\ninterfaces = [\"eth1\"]", 3, 14},
      {"interfaces = [\"eth0\"]\n[watch]\ninterfaces = [\"eth0\"]", 0, 0},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.toml) {
      const ConfigReading reading = parse_config(row.toml, "/etc/x/c.toml");
      BOOST_TEST_REQUIRE(reading.faults.size() == (row.line == 0 ? 0U : 1U));
      if (row.line == 0) continue;
      BOOST_TEST(reading.faults[0].at.line == row.line);
      BOOST_TEST(reading.faults[0].at.column == row.column);
    }
  }
}

BOOST_AUTO_TEST_CASE(files_that_cannot_be_used_are_told) {
  const srvwarden::tests::TemporaryFolder folder;
  WatchSettings settings;
  BOOST_TEST(read_watch_files(settings).faults.empty());
  settings.policy = folder / "missing.toml";
  settings.baseline = folder / "missing.json";
  BOOST_TEST(read_watch_files(settings).faults.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
