// health = {...} of srvwardend.toml: what each kind gives, and both sides of each limit.
// SPDX-License-Identifier: Apache-2.0
#include "health/health_settings.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "config/read_config.hpp"

namespace {

using namespace srvwarden::daemon;

ConfigReading read(const std::string& inner) {
  return parse_config("[[service]]\ninstance = \"*\"\nhealth = {" + inner + "}\n", "x.toml");
}

bool is_right(const std::string& inner) { return read(inner).good(); }

HealthSettings health(const std::string& inner) {
  const ConfigReading reading = read(inner);
  for (const ConfigFault& fault : reading.faults) BOOST_ERROR(fault.message);
  BOOST_TEST_REQUIRE(reading.config.services.size() == 1U);
  BOOST_TEST_REQUIRE(reading.config.services[0].health.has_value());
  return *reading.config.services[0].health;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(config_health)

BOOST_AUTO_TEST_CASE(health_checks_of_each_kind) {
  BOOST_TEST(health("kind = \"tcp\"").port == 0U);
  const HealthSettings tcp = health(
      "kind = \"tcp\", port = 65535, host = \"::1\", interval = 0.1, timeout = 2, failures = 1, "
      "successes = 100");
  BOOST_TEST(tcp.port == 65535U);
  BOOST_TEST(tcp.host == "::1");
  BOOST_TEST(tcp.interval.count() == 100);
  BOOST_TEST(tcp.timeout.count() == 2000);
  BOOST_TEST(tcp.failures == 1U);
  BOOST_TEST(tcp.successes == 100U);
  BOOST_TEST(health("kind = \"http\"").path == "/");
  BOOST_TEST(health("kind = \"http\", path = \"/x\", port = 1").path == "/x");
  BOOST_TEST(health("kind = \"unix\", path = \"@abstract\"").path == "@abstract");
  BOOST_TEST(health("kind = \"systemd\", unit = \"cups.service\"").path == "cups.service");
  BOOST_TEST(health("kind = \"exec\", command = [\"/bin/test\", \"-e\", \"/x\"]").command.size() ==
             3U);
}

BOOST_AUTO_TEST_CASE(urls_are_split) {
  struct Row {
    const char* url;
    const char* host;
    unsigned port;
    const char* path;
  };
  const Row rows[] = {
      {"http://localhost", "localhost", 80, "/"},
      {"http://localhost:8080/health?x=1", "localhost", 8080, "/health?x=1"},
      {"http://[::1]:631/", "::1", 631, "/"},
      {"http://[::1]", "::1", 80, "/"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.url) {
      const HealthSettings found =
          health("kind = \"http\", url = \"" + std::string(row.url) + "\"");
      BOOST_TEST(found.host == row.host);
      BOOST_TEST(found.port == row.port);
      BOOST_TEST(found.path == row.path);
    }
  }
  for (const char* url :
       {"https://localhost/", "http://", "http://:80/", "http://x:0/", "http://x:65536/",
        "http://x:/", "http://[::1/", "http://[::1]x/", "http://u@x/", "http://x/ y", "x"}) {
    BOOST_TEST_CONTEXT(url) {
      BOOST_TEST(!is_right("kind = \"http\", url = \"" + std::string(url) + "\""));
    }
  }
}

BOOST_AUTO_TEST_CASE(both_sides_of_each_limit_of_health) {
  const std::string longest_socket = "/" + std::string(106, 's');
  const std::string rows[][2] = {
      {"kind = \"tcp\"", "port = 80"},
      {"kind = \"tcp\"", "kind = \"ping\""},
      {"kind = \"tcp\", port = 1", "kind = \"tcp\", port = 0"},
      {"kind = \"tcp\", port = 65535", "kind = \"tcp\", port = 65536"},
      {"kind = \"tcp\", interval = 0.1", "kind = \"tcp\", interval = 0.09"},
      {"kind = \"tcp\", interval = 3600", "kind = \"tcp\", interval = 3600.5"},
      {"kind = \"tcp\", interval = 1", "kind = \"tcp\", interval = nan"},
      {"kind = \"tcp\", timeout = 60", "kind = \"tcp\", timeout = 60.5"},
      {"kind = \"tcp\", timeout = 0.01", "kind = \"tcp\", timeout = 0"},
      {"kind = \"tcp\", failures = 1", "kind = \"tcp\", failures = 0"},
      {"kind = \"tcp\", failures = 100", "kind = \"tcp\", failures = 101"},
      {"kind = \"tcp\", successes = 1", "kind = \"tcp\", successes = true"},
      {"kind = \"tcp\"", "kind = \"tcp\", path = \"/\""},
      {"kind = \"http\", path = \"/a\"", "kind = \"http\", path = \"a\""},
      {"kind = \"http\", url = \"http://[::1]\"",
       "kind = \"http\", url = \"http://[::1]\", port = 80"},
      {"kind = \"unix\", path = \"" + longest_socket + "\"",
       "kind = \"unix\", path = \"" + longest_socket + "s\""},
      {"kind = \"unix\", path = \"/a\"", "kind = \"unix\", path = \"a\""},
      {"kind = \"unix\", path = \"@a\"", "kind = \"unix\", path = \"@\""},
      {"kind = \"unix\", path = \"/a\"", "kind = \"unix\""},
      {"kind = \"systemd\", unit = \"a.service\"", "kind = \"systemd\", unit = \"a\""},
      {"kind = \"systemd\", unit = \"a.service\"", "kind = \"systemd\""},
      {"kind = \"exec\", command = [\"/a\"]", "kind = \"exec\", command = [\"a\"]"},
      {"kind = \"exec\", command = [\"/a\"]", "kind = \"exec\", command = []"},
      {"kind = \"exec\", command = [\"/a\", \"b\"]", "kind = \"exec\", command = \"/a b\""},
      {"kind = \"exec\", command = [\"/a\"]", "kind = \"exec\""},
  };
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row[0] << " / " << row[1]) {
      BOOST_TEST(is_right(row[0]));
      BOOST_TEST(!is_right(row[1]));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
