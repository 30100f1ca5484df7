// Health checks' settings: which are faulty, and in which field.
// SPDX-License-Identifier: Apache-2.0
#include "health/probe_kinds.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

namespace {

using namespace srvwarden::daemon;
using std::chrono::milliseconds;

std::string field_of(const HealthSettings& settings, std::uint16_t service_port = 80) {
  const auto fault = health_fault(settings, service_port);
  if (fault) BOOST_TEST(!fault->words.empty());
  return std::string(fault ? fault->field : "");
}

HealthSettings with_host(const std::string& host) {
  HealthSettings settings;
  settings.host = host;
  return settings;
}

HealthSettings with_path(HealthKind kind, const std::string& path) {
  HealthSettings settings;
  settings.kind = kind;
  settings.path = path;
  return settings;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(health_settings)

BOOST_AUTO_TEST_CASE(times_and_counts_have_ranges) {
  struct Row {
    milliseconds interval, timeout;
    unsigned failures, successes;
    std::string field;
  };
  const milliseconds i{10000}, t{3000};
  const Row rows[] = {
      {i, t, 3, 2, ""},
      {milliseconds(100), t, 3, 2, ""},
      {milliseconds(99), t, 3, 2, "interval"},
      {milliseconds(3'600'000), t, 3, 2, ""},
      {milliseconds(3'600'001), t, 3, 2, "interval"},
      {milliseconds(0), t, 3, 2, "interval"},
      {milliseconds(-1), t, 3, 2, "interval"},
      {i, milliseconds(10), 3, 2, ""},
      {i, milliseconds(9), 3, 2, "timeout"},
      {i, milliseconds(60'000), 3, 2, ""},
      {i, milliseconds(60'001), 3, 2, "timeout"},
      {i, milliseconds::max(), 3, 2, "timeout"},
      {i, t, 1, 1, ""},
      {i, t, 0, 1, "failures"},
      {i, t, 1, 0, "successes"},
      {i, t, 100, 100, ""},
      {i, t, 101, 100, "failures"},
      {i, t, 100, 101, "successes"},
  };
  for (const Row& row : rows) {
    HealthSettings settings;
    settings.interval = row.interval;
    settings.timeout = row.timeout;
    settings.failures = row.failures;
    settings.successes = row.successes;
    BOOST_TEST_CONTEXT(row.interval.count() << " " << row.timeout.count()) {
      BOOST_TEST(field_of(settings) == row.field);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_host_is_an_address_or_localhost) {
  struct Row {
    std::string host, field;
  };
  const Row rows[] = {
      {"", ""},
      {"localhost", ""},
      {"127.0.0.1", ""},
      {"::1", ""},
      {"fe80::1%lo", ""},
      {"192.0.2.1", ""},
      {"example.com", "host"},  // no name service is asked
      {"localhost.", "host"},
      {"127.0.0.1.", "host"},
      {"127.1", "host"},
      {"[::1]", "host"},
      {" ::1", "host"},
      {"0.0.0.0", "host"},
      {"::", "host"},
      {"224.0.0.251", "host"},
      {"ff02::fb", "host"},
      {std::string("127.0.0.1\0", 10), "host"},
      {"127.0.0.1\r\nX: y", "host"},
      {std::string(100'000, '1'), "host"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.host.substr(0, 40)) {
      BOOST_TEST(field_of(with_host(row.host)) == row.field);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_port_is_the_checks_or_the_services) {
  HealthSettings settings;
  for (const HealthKind kind : {HealthKind::tcp, HealthKind::http}) {
    settings.kind = kind;
    settings.port = 0;
    BOOST_TEST(field_of(settings, 0) == "port");
    BOOST_TEST(field_of(settings, 1) == "");
    settings.port = 65535;
    BOOST_TEST(field_of(settings, 0) == "");
  }
  BOOST_TEST(field_of(with_path(HealthKind::unix_socket, "/s"), 0) == "");  // needs none
}

BOOST_AUTO_TEST_CASE(paths_are_what_their_kind_asks_for) {
  struct Row {
    HealthKind kind;
    std::string path, field;
  };
  const auto http = HealthKind::http;
  const auto local = HealthKind::unix_socket;
  const auto unit = HealthKind::systemd_unit;
  const Row rows[] = {
      {http, "", ""},
      {http, "/", ""},
      {http, "/a?b=%20", ""},
      {http, "a", "path"},
      {http, "/a b", "path"},
      {http, "/a\r\nX: y", "path"},
      {http, "/a#b", "path"},
      {http, "/\xC3\xA9", "path"},
      {http, "/\x7f", "path"},
      {http, '/' + std::string(1999, 'a'), ""},
      {http, '/' + std::string(2000, 'a'), "path"},
      {local, "", "path"},
      {local, "/", "path"},
      {local, "@", "path"},
      {local, "@a", ""},
      {local, "/a", ""},
      {local, "a", "path"},
      {local, '/' + std::string(106, 'a'), ""},
      {local, '/' + std::string(107, 'a'), "path"},
      {local, '@' + std::string(106, 'a'), ""},
      {local, '@' + std::string(107, 'a'), "path"},
      {local, std::string("/a\0b", 4), "path"},
      {unit, "cups.service", ""},
      {unit, "a@b\\x2d:_-.mount", ""},
      {unit, "cups", "path"},
      {unit, "", "path"},
      {unit, ".service", "path"},
      {unit, "cups.services", "path"},
      {unit, "../../a.service", "path"},
      {unit, "a b.service", "path"},
      {unit, "a\n.service", "path"},
      {unit, std::string("a\0.service", 10), "path"},
      {unit, "*.service", "path"},
      {unit, "\xFF.service", "path"},
      {unit, std::string(247, 'a') + ".service", ""},
      {unit, std::string(248, 'a') + ".service", "path"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(probe_kind(row.kind).name << " " << row.path.substr(0, 40)) {
      BOOST_TEST(field_of(with_path(row.kind, row.path)) == row.field);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_command_is_an_absolute_path_and_arguments) {
  struct Row {
    std::vector<std::string> command;
    std::string field;
  };
  const Row rows[] = {
      {{}, "command"},
      {{""}, "command"},
      {{"true"}, "command"},
      {{"./true"}, "command"},
      {{"/bin/true"}, ""},
      {{"/bin/true", "", "a b"}, ""},
      {{"/bin/true", std::string("a\0b", 3)}, "command"},
      {{"/bin/true", std::string(32757, 'a')}, ""},  // each word ends with a NUL
      {{"/bin/true", std::string(32758, 'a')}, "command"},
  };
  for (const Row& row : rows) {
    HealthSettings settings;
    settings.kind = HealthKind::exec;
    settings.command = row.command;
    BOOST_TEST(field_of(settings) == row.field);
  }
}

BOOST_AUTO_TEST_CASE(kinds_are_found_by_their_names) {
  for (const char* name : {"tcp", "http", "unix", "systemd", "exec"}) {
    const ProbeKind* const kind = find_probe_kind(name);
    BOOST_TEST_REQUIRE(kind != nullptr);
    BOOST_TEST(kind->name == name);
    BOOST_TEST(&probe_kind(kind->kind) == kind);
  }
  for (const char* name : {"", "TCP", "tcp ", "udp"}) BOOST_TEST(find_probe_kind(name) == nullptr);
}

BOOST_AUTO_TEST_CASE(times_are_told_in_seconds_or_less) {
  BOOST_TEST(words_for(milliseconds(0)) == "0 ms");
  BOOST_TEST(words_for(milliseconds(999)) == "999 ms");
  BOOST_TEST(words_for(milliseconds(1000)) == "1 s");
  BOOST_TEST(words_for(milliseconds(1500)) == "1.5 s");
  BOOST_TEST(words_for(milliseconds(60001)) == "60.001 s");
}

BOOST_AUTO_TEST_SUITE_END()
