// Tests of the live view: whatever the size and the names, no line leaves the screen.
// SPDX-License-Identifier: Apache-2.0
#include "report/audit_screen.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "report/terminal.hpp"
#include "srvwarden/catalogue.hpp"

using namespace srvwarden;
using namespace srvwarden::report;

namespace {

rules::AuditResult wild() {
  rules::AuditResult result;
  for (const char* label : {"\x1b[2J", "\xe5\xb0\x8f\xe5\xb0\x8f\xe5\xb0\x8f wide", "Plain"}) {
    rules::AuditedInstance& instance = result.instances.emplace_back();
    instance.label = label;
    instance.object.name = std::string(label) + "._http._tcp.local.";
    instance.type = "_http._tcp";
    instance.services.push_back({std::string(label) + ".local.", {.port = 80}});
    rules::AuditFinding& finding = instance.object.findings.emplace_back();
    finding.finding.rule = find_rule("IN005");
    finding.finding.detail = "U+001B";
  }
  return result;
}

/// The lines of a screen without the sequences that we put there ourselves.
std::vector<std::string> lines_of(std::string screen) {
  for (const std::string_view own : {"\x1b[H", "\x1b[K", "\x1b[J", "\r", "\x1b[0m", "\x1b[1m",
                                     "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m"}) {
    for (auto at = screen.find(own); at != screen.npos; at = screen.find(own)) {
      screen.erase(at, own.size());
    }
  }
  std::vector<std::string> lines(1);
  for (const char c : screen) {
    c == '\n' ? void(lines.emplace_back()) : void(lines.back() += c);
  }
  return lines;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(audit_screen)

BOOST_AUTO_TEST_CASE(fits_every_size) {
  for (const Colour colour : {Colour::off, Colour::on}) {
    AuditScreen screen("eth0", colour);
    AuditChanges changes;
    const rules::AuditResult result = wild();
    screen.update(result, changes.update(result), wire::Time());
    for (std::uint64_t packets = 0; packets < 100'000; packets += 977) screen.count(packets);
    for (std::size_t width = 1; width < 120; ++width) {
      for (const std::size_t height : {1u, 2u, 3u, 7u, 12u, 24u, 80u}) {
        const auto lines = lines_of(screen.draw({width, height}, 5));
        BOOST_TEST(lines.size() <= height);
        for (const std::string& line : lines) {
          BOOST_TEST(line.find('\x1b') == line.npos);
          BOOST_TEST(width_of(line) <= width);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(shows_what_is_new) {
  AuditScreen screen("eth0", Colour::off);
  AuditChanges changes;
  rules::AuditResult result = wild();
  screen.update(result, changes.update(result), wire::Time());
  screen.count(0);
  screen.count(42);
  const std::string before = screen.draw({100, 24}, 2);
  BOOST_TEST(before.find("42 packets/s") != before.npos);
  BOOST_TEST(before.find("3 instances") != before.npos);
  BOOST_TEST(before.find("new Plain (_http._tcp) at Plain.local. port 80") != before.npos);
  BOOST_TEST(before.find("error[IN005] Plain._http._tcp.local.") != before.npos);
  result.instances[2].gone = true;
  result.instances[2].object.findings.clear();
  screen.update(result, changes.update(result), wire::Time());
  const std::string after = screen.draw({100, 24}, 3);
  BOOST_TEST(after.find("gone Plain") != after.npos);
  BOOST_TEST(after.find("resolved error[IN005] Plain") != after.npos);
}

BOOST_AUTO_TEST_SUITE_END()
