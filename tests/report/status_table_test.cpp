// Status tables: order, fit, hostile names, and what counts as wanted.
// SPDX-License-Identifier: Apache-2.0
#include "report/status_table.hpp"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "report/terminal.hpp"

namespace {

using namespace srvwarden::report;
using nlohmann::json;

constexpr std::int64_t noon = 1'795'262'400;  // 2026-11-21T12:00:00Z

ServiceRow row(const std::string& name, const std::string& state) {
  ServiceRow one;
  one.key = name;
  one.name = one.wanted = name;
  one.type = "_ipp._tcp";
  one.port = 631;
  one.state = state;
  one.since = "2026-11-21T11:57:00.000Z";
  one.hold = "none";
  return one;
}

StatusView view(std::vector<ServiceRow> services) {
  StatusView status;
  status.version = "1.0";
  status.started = "2026-11-21T10:00:00.000Z";
  status.backend = "avahi";
  status.host = "h";
  status.domain = "local";
  status.services = std::move(services);
  return status;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

BOOST_AUTO_TEST_CASE(status_table_has_the_worst_first) {
  ServiceRow ill = row("d", "withdrawn");
  ill.hold = "health";
  ServiceRow held = row("c", "withdrawn");
  held.hold = "order";
  const std::string table = status_table(view({row("a", "verified"), row("b", "established"), held,
                                               ill, row("e", "lost"), row("f", "failed")}),
                                         {0, noon});
  std::string order;
  for (const std::string& line : lines_of(table)) {
    if (line.size() > 1 && line[1] == ' ' && line[0] != ' ') order += line[0];
  }
  BOOST_TEST(order.starts_with("fedcba"));
  BOOST_TEST(table.find("631  verified     3 min") != table.npos);
}

BOOST_AUTO_TEST_CASE(status_table_fits_the_terminal) {
  ServiceRow wide = row(std::string(60, 'n') + "é", "verified");
  wide.verified_on = {"eth0", "wlan0", std::string(40, 'i')};
  ServiceRow cjk = row("会議室のプリンター会議室のプリンター", "verified");
  for (const std::size_t width : {60U, 80U, 100U}) {
    const auto lines = lines_of(status_table(view({wide, cjk}), {width, noon}));
    for (std::size_t i = 0; i < 3; ++i) {
      BOOST_TEST(for_terminal(lines[i]).columns.back() <= width, lines[i]);
    }
  }
  const auto narrow = lines_of(status_table(view({wide}), {1, noon}));
  BOOST_TEST(for_terminal(narrow[1]).columns.back() < 60U);
}

BOOST_AUTO_TEST_CASE(status_table_escapes_what_is_hostile) {
  ServiceRow hostile = row("a\x1b[31m\n\xff", "failed\x07");
  hostile.why = "w\n\x1b]0;x";
  hostile.verified_on = {"e\x1b"};
  StatusView status = view({hostile});
  status.wrong_files = {{"/x\n", true, "c\x1b"}};
  status.backend = "b\x1b";
  for (const std::string& text :
       {status_table(status, {40, noon}), status_line(hostile), status_changes(view({}), status)}) {
    for (const char c : text) {
      BOOST_TEST_REQUIRE((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
    }
  }
  BOOST_TEST(status_line(hostile).find('\n') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(status_is_as_wanted_or_not) {
  BOOST_TEST(is_as_wanted(view({})));
  struct Row {
    const char *state, *hold;
    bool wanted;
  };
  const Row rows[] = {
      {"verified", "none", true}, {"established", "none", true}, {"probing", "none", true},
      {"waiting", "none", true},  {"withdrawn", "order", true},  {"withdrawn", "health", false},
      {"failed", "none", false},  {"lost", "none", false},
  };
  for (const Row& one : rows) {
    ServiceRow service = row("a", one.state);
    service.hold = one.hold;
    BOOST_TEST(is_as_wanted(view({row("b", "verified"), service})) == one.wanted, one.state);
  }
  StatusView status = view({});
  status.trouble = "no bus";
  BOOST_TEST(!is_as_wanted(status));
  status = view({});
  status.backend.clear();
  BOOST_TEST(!is_as_wanted(status));
  status = view({});
  status.wrong_files = {{"/x", true, ""}};
  BOOST_TEST(!is_as_wanted(status));
}

BOOST_AUTO_TEST_CASE(status_changes_are_told_once) {
  const StatusView before = view({row("a", "probing"), row("b", "verified")});
  StatusView after = view({row("a", "verified"), row("c", "probing")});
  after.services[0].verified_on = {"eth0"};
  const auto lines = lines_of(status_changes(before, after));
  BOOST_TEST_REQUIRE(lines.size() == 3U);
  BOOST_TEST(lines[0] == "\"a\" _ipp._tcp: verified on eth0");
  BOOST_TEST(lines[1] == "\"c\" _ipp._tcp: probing");
  BOOST_TEST(lines[2] == "\"b\" _ipp._tcp: gone");
  BOOST_TEST(status_changes(after, after) == "");
}

BOOST_AUTO_TEST_CASE(status_is_read_leniently) {
  const StatusView status = read_status(json::parse(R"({
    "host": 7, "backend": "b", "services": [
      {"instance": "a", "port": 65535, "verified_on": ["x", 3], "new": {}},
      {"port": 65536}, {"port": -1}, {"port": "1"}, 5],
    "wrong_files": [{"path": "/x", "kept": true}, {"kept": 1}, []]})"));
  BOOST_TEST(status.host == "");
  BOOST_TEST(status.backend == "b");
  BOOST_TEST_REQUIRE(status.services.size() == 4U);
  BOOST_TEST(status.services[0].port == 65535);
  BOOST_TEST(status.services[0].verified_on.size() == 1U);
  for (std::size_t i = 1; i < 4; ++i) BOOST_TEST(status.services[i].port == 0);
  BOOST_TEST_REQUIRE(status.wrong_files.size() == 2U);
  BOOST_TEST(status.wrong_files[0].kept);
  BOOST_TEST(!status.wrong_files[1].kept);
  for (const char* text : {"null", "[]", "7", "\"x\"", "{}", R"({"services": {}})"}) {
    BOOST_TEST(read_status(json::parse(text)).services.empty());
  }
}
