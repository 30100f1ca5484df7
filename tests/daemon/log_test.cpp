// Log lines: one line, whatever is in it.
// SPDX-License-Identifier: Apache-2.0
#include "log.hpp"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

namespace {

using namespace srvwarden::daemon;

const LogEntry hostile{Level::error, "refused", "a\nb\x1b[31m\xff", {{"key", "c\rd\xff"}}};

bool is_one_plain_line(const std::string& line) {
  for (const char c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return false;
  }
  return true;
}

}  // namespace

BOOST_AUTO_TEST_CASE(writes_hostile_text_as_one_line) {
  const std::string text = text_line(hostile);
  BOOST_TEST(is_one_plain_line(text));
  BOOST_TEST(text.starts_with("srvwardend: error: "));
  const std::string json = json_line(hostile, 0);
  BOOST_TEST(is_one_plain_line(json));
  BOOST_TEST(nlohmann::json::accept(json));
}

BOOST_AUTO_TEST_CASE(writes_json_with_time_and_fields) {
  const auto line = nlohmann::json::parse(
      json_line({Level::info, "verified", "words", {{"interface", "eth0"}}}, 1'795'262'400'007));
  BOOST_TEST(line["time"] == "2026-11-21T12:00:00.007Z");
  BOOST_TEST(line["level"] == "info");
  BOOST_TEST(line["event"] == "verified");
  BOOST_TEST(line["message"] == "words");
  BOOST_TEST(line["interface"] == "eth0");
}
