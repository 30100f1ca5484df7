// srvwardend.toml: what each key gives, what is refused and where, and which services it is about.
// SPDX-License-Identifier: Apache-2.0
#include "config/config.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "config/read_config.hpp"

namespace {

using namespace srvwarden::daemon;

constexpr const char* path = "/etc/test/srvwardend.toml";

Config good(std::string_view toml) {
  const ConfigReading reading = parse_config(toml, path);
  for (const ConfigFault& fault : reading.faults) BOOST_ERROR(described(path, fault));
  return reading.config;
}

bool is_right(const std::string& toml) { return parse_config(toml, path).good(); }

std::string text_of(const std::string& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The sample with every key on: "#key = value" is one that is off, "# words" are words.
std::string sample_with_all_keys() {
  const std::string sample =
      text_of(std::string(SRVWARDEN_SOURCE_DIR) + "/data/package/srvwardend.toml");
  BOOST_TEST_REQUIRE(!sample.empty());
  std::string all;
  bool line_begins = true;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const bool off = line_begins && sample[i] == '#' && i + 1 < sample.size() &&
                     sample[i + 1] != ' ' && sample[i + 1] != '\n';
    if (!off) all += sample[i];
    line_begins = sample[i] == '\n';
  }
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(config)

BOOST_AUTO_TEST_CASE(an_empty_file_says_what_none_says) {
  ::unsetenv("STATE_DIRECTORY");
  ::unsetenv("RUNTIME_DIRECTORY");
  const Config config = good("");
  BOOST_TEST(config.path == path);
  BOOST_TEST(config.folders == std::vector<std::string>{"/etc/srvwarden/services"},
             boost::test_tools::per_element());
  BOOST_TEST((config.publisher == Choice::automatic));
  BOOST_TEST(config.state == "/var/lib/srvwarden");
  BOOST_TEST(config.control.socket == "/run/srvwarden/control");
  BOOST_TEST(config.control.mode == 0666U);
  BOOST_TEST(config.control.metrics_port == 0U);
  BOOST_TEST((config.log.format == LogFormat::automatic));
  BOOST_TEST((config.log.level == Level::info));
  BOOST_TEST(config.services.empty());
}

BOOST_AUTO_TEST_CASE(systemd_says_where_folders_are) {
  ::setenv("STATE_DIRECTORY", "/var/lib/one:/var/lib/two", 1);
  ::setenv("RUNTIME_DIRECTORY", "/run/one", 1);
  const Config config = good("");
  ::unsetenv("STATE_DIRECTORY");
  ::unsetenv("RUNTIME_DIRECTORY");
  BOOST_TEST(config.state == "/var/lib/one");
  BOOST_TEST(config.control.socket == "/run/one/control");
}

BOOST_AUTO_TEST_CASE(every_key_is_taken) {
  const Config config = good(R"(
folders = ["services", "/srv/more"]
publisher = "embedded"
interfaces = ["eth0", "wlan0"]
host-name = "printserver"
overlays = ["mine.toml"]
state = "../state"
[control]
socket = "/run/x/y"
mode = "0600"
group = "staff"
metrics-port = 9153
[log]
format = "json"
level = "warning"
rate = 0
burst = 7
[[service]]
instance = "Lobby*"
type = "_ipp._tcp"
file = "x/*.service"
interfaces = ["eth1"]
protocol = "ipv6"
host = "nas.local"
domain = "example.org"
health = { kind = "tcp" }
)");
  BOOST_TEST(config.folders[0] == "/etc/test/services");
  BOOST_TEST(config.folders[1] == "/srv/more");
  BOOST_TEST((config.publisher == Choice::embedded));
  BOOST_TEST(config.interfaces.size() == 2U);
  BOOST_TEST(config.host_name == "printserver");
  BOOST_TEST(config.overlays[0] == "/etc/test/mine.toml");
  BOOST_TEST(config.state == "/etc/state");
  BOOST_TEST(config.control.socket == "/run/x/y");
  BOOST_TEST(config.control.mode == 0600U);
  BOOST_TEST(config.control.group == "staff");
  BOOST_TEST(config.control.metrics_port == 9153U);
  BOOST_TEST((config.log.format == LogFormat::json));
  BOOST_TEST((config.log.level == Level::warning));
  BOOST_TEST(config.log.rate.per_minute == 0U);
  BOOST_TEST(config.log.rate.burst == 7U);
  const ServiceSettings& service = config.services.at(0);
  BOOST_TEST(service.instance == "Lobby*");
  BOOST_TEST(service.type == "_ipp._tcp");
  BOOST_TEST(service.file == "/etc/test/x/*.service");
  BOOST_TEST(service.line == 18U);
  BOOST_TEST(service.interfaces->at(0) == "eth1");
  BOOST_TEST((service.protocol == Protocol::ipv6));
  BOOST_TEST(*service.host == "nas.local");
  BOOST_TEST(*service.domain == "example.org");
  BOOST_TEST((service.health->kind == HealthKind::tcp));
}

BOOST_AUTO_TEST_CASE(both_sides_of_each_limit) {
  const std::string longest_socket = "/" + std::string(106, 's');
  const std::string rows[][2] = {
      // right, wrong
      {"folders = [\"x\"]", "folders = []"},
      {"interfaces = []", "interfaces = [\"\"]"},
      {"interfaces = [\"eth45678901234x\"]", "interfaces = [\"eth45678901234xy\"]"},
      {"interfaces = [\"eth0.1\"]", "interfaces = [\"a/b\"]"},
      {"interfaces = [\"eth0\"]", "interfaces = \"eth0\""},
      {"host-name = \"a\"", "host-name = \"a.local\""},
      {"host-name = \"" + std::string(63, 'a') + "\"",
       "host-name = \"" + std::string(64, 'a') + "\""},
      {"publisher = \"avahi\"", "publisher = \"Avahi\""},
      {"state = \"/x\"", "state = \"\""},
      {"control.socket = \"" + longest_socket + "\"",
       "control.socket = \"" + longest_socket + "s\""},
      {"control.mode = \"0777\"", "control.mode = \"1777\""},
      {"control.mode = \"660\"", "control.mode = \"66\""},
      {"control.mode = \"0660\"", "control.mode = \"0680\""},
      {"control.mode = \"0660\"", "control.mode = 660"},
      {"control.metrics-port = 0", "control.metrics-port = -1"},
      {"control.metrics-port = 65535", "control.metrics-port = 65536"},
      {"control.metrics-port = 80", "control.metrics-port = \"80\""},
      {"control = {}", "control = 1"},
      {"log.rate = 0", "log.rate = -1"},
      {"log.rate = 1000000", "log.rate = 1000001"},
      {"log.burst = 1", "log.burst = 0"},
      {"log.burst = 1000000", "log.burst = 1000001"},
      {"log.level = \"error\"", "log.level = \"debug\""},
      {"service = []", "service = {}"},
      {"[[service]]\nfile = \"x\"", "[[service]]\nhost = \"x.local\""},
      {"[[service]]\nfile = \"x\"\nhost = \"x.local\"",
       "[[service]]\nfile = \"x\"\nhost = \"10.0.0.1\""},
      {"[[service]]\nfile = \"x\"\ndomain = \"x\"", "[[service]]\nfile = \"x\"\ndomain = \".\""},
      {"[[service]]\nfile = \"x\"\nprotocol = \"any\"", "[[service]]\nfile = \"x\"\nprotocol = 4"},
  };
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row[0] << " / " << row[1]) {
      BOOST_TEST(is_right(row[0]));
      BOOST_TEST(!is_right(row[1]));
    }
  }
}

BOOST_AUTO_TEST_CASE(all_faults_are_told_with_their_places) {
  struct Row {
    const char* toml;
    std::vector<std::pair<unsigned, unsigned>> places;  ///< lines and columns
  };
  const Row rows[] = {
      {"\n folder = 1\npublisher = 2\n[log]\nlevel = \"loud\"\n", {{2, 2}, {3, 13}, {5, 9}}},
      {"folders = [\"a\",\n  7]\n", {{2, 3}}},
      {"[control]\nsocket = 1\ncolour = 2\n", {{2, 10}, {3, 1}}},
      {"publisher = \n", {{1, 13}}},
      {"state = \"\xff\"\n", {{1, 10}}},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.toml) {
      const ConfigReading reading = parse_config(row.toml, path);
      BOOST_TEST_REQUIRE(reading.faults.size() == row.places.size());
      for (std::size_t i = 0; i < row.places.size(); ++i) {
        BOOST_TEST(reading.faults[i].at.line == row.places[i].first);
        BOOST_TEST(reading.faults[i].at.column == row.places[i].second);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_slip_of_the_fingers_is_recognised) {
  const std::pair<const char*, const char*> rows[] = {
      {"folder = 1", "\"folders\""},
      {"hostname = 1", "\"host-name\""},
      {"[lgo]", "\"log\""},
      {"publisher = \"embeded\"", "\"embedded\""},
      {"[log]\nformat = \"jounald\"", "\"journald\""},
  };
  for (const auto& [toml, meant] : rows) {
    BOOST_TEST_CONTEXT(toml) {
      const ConfigReading reading = parse_config(toml, path);
      BOOST_TEST_REQUIRE(reading.faults.size() == 1U);
      BOOST_TEST(reading.faults[0].message.ends_with(std::string(meant) + "?"));
    }
  }
  BOOST_TEST(!parse_config("colour = 1", path).faults.at(0).message.ends_with("?"));
}

BOOST_AUTO_TEST_CASE(hostile_text_ends_no_line) {
  const ConfigFault fault{{}, "unknown key \"a\nb\x1b[31m\""};
  BOOST_TEST(described("x\ny", fault).find_first_of("\n\x1b") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_an_error) {
  BOOST_TEST(
      (read_config("/nonexistent/srvwardend.toml").error == std::errc::no_such_file_or_directory));
}

BOOST_AUTO_TEST_CASE(settings_are_about_what_they_match) {
  struct Row {
    const char* toml;
    bool matches;
  };
  const Row rows[] = {
      {"instance = \"*\"", true},
      {"instance = \"lobby printer\"", true},
      {"instance = \"Lobby\"", false},
      {"instance = \"Lobby ?rinter\"", true},
      {"type = \"_IPP._tcp\"", true},
      {"type = \"_ipps._tcp\"", false},
      {"type = \"_ipp*._tcp\"", true},
      {"file = \"lobby.service\"", true},
      {"file = \"LOBBY.service\"", false},
      {"file = \"*.dnssd\"", false},
      {"file = \"/srv/a/*.service\"", true},
      {"file = \"/srv/*.service\"", false},
      {"instance = \"Lobby*\"\ntype = \"_http._tcp\"", false},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.toml) {
      const Config config = good("[[service]]\n" + std::string(row.toml));
      BOOST_TEST(matches(config.services.at(0),
                         {"Lobby printer", "_ipp._tcp", "/srv/a/lobby.service"}) == row.matches);
    }
  }
}

BOOST_AUTO_TEST_CASE(later_settings_prevail_item_by_item) {
  const Config config = good(R"(
[[service]]
instance = "*"
interfaces = ["eth0"]
protocol = "ipv4"
[[service]]
type = "_ipp._tcp"
interfaces = ["eth1"]
domain = "example.org"
)");
  Announcement ipp;
  apply(settings_for(config, {"a", "_ipp._tcp", "x"}), ipp);
  BOOST_TEST(ipp.interfaces.at(0) == "eth1");
  BOOST_TEST((ipp.protocol == Protocol::ipv4));
  BOOST_TEST(ipp.domain == "example.org");
  BOOST_TEST(ipp.host == "");
  Announcement http;
  http.domain = "its.own";
  apply(settings_for(config, {"a", "_http._tcp", "x"}), http);
  BOOST_TEST(http.interfaces.at(0) == "eth0");
  BOOST_TEST(http.domain == "its.own");
}

BOOST_AUTO_TEST_CASE(the_manual_has_every_key_and_the_sample_too) {
  const std::string folder = SRVWARDEN_SOURCE_DIR;
  const std::string manual = text_of(folder + "/man/srvwardend.toml.5");
  const std::string sample = text_of(folder + "/data/package/srvwardend.toml");
  BOOST_TEST_REQUIRE(!manual.empty());
  BOOST_TEST_REQUIRE(!sample.empty());
  BOOST_TEST(config_keys().size() > 30U);
  for (const std::string& key : config_keys()) {
    const std::string last = key.substr(key.rfind('.') + 1);
    BOOST_TEST_CONTEXT(key) {
      const bool described = manual.find(".It Ic " + last + " No =") != manual.npos;
      const bool headed = manual.find(".Ss [" + last + "]") != manual.npos ||
                          manual.find(".Ss [[" + last + "]]") != manual.npos;
      BOOST_TEST((described || headed));
      BOOST_TEST(sample.find(last) != sample.npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_sample_is_right_as_it_is_and_without_its_comment_marks) {
  const std::string sample =
      text_of(std::string(SRVWARDEN_SOURCE_DIR) + "/data/package/srvwardend.toml");
  BOOST_TEST_REQUIRE(!sample.empty());
  good(sample);
  const Config config = good(sample_with_all_keys());
  BOOST_TEST(config.services.size() > 1U);
}

BOOST_AUTO_TEST_CASE(any_part_of_a_file_is_right_or_wrong_within_it) {
  const std::string whole = sample_with_all_keys();
  std::size_t wrong = 0;
  const auto check = [&](const std::string& text) {
    const ConfigReading reading = parse_config(text, path);
    wrong += reading.good() ? 0 : 1;
    for (const ConfigFault& fault : reading.faults) {
      if (fault.at.offset > text.size() || fault.message.empty()) BOOST_ERROR(text);
    }
  };
  for (std::size_t size = 0; size < whole.size(); ++size) check(whole.substr(0, size));
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = "\"[{=.9\\\xc3"[at % 8];
    check(changed);
  }
  BOOST_TEST(wrong > whole.size() / 4);
}

BOOST_AUTO_TEST_SUITE_END()
