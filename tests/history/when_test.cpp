// Tests of times and durations as people write them.
// SPDX-License-Identifier: Apache-2.0
#include "history/when.hpp"

#include <boost/test/unit_test.hpp>

using namespace srvwarden;
using namespace srvwarden::history;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(when)

BOOST_AUTO_TEST_CASE(durations) {
  struct Row {
    std::string_view text;
    std::int64_t seconds;  // 0: it is none
  };
  const Row rows[] = {
      {"1s", 1},
      {"90s", 90},
      {"2m", 120},
      {"3h", 10'800},
      {"1d", 86'400},
      {"1w", 604'800},
      {"36500d", 3'153'600'000},
      {"36501d", 0},
      {"99999999999999999999d", 0},
      {"0d", 0},
      {"-1d", 0},
      {"+1d", 0},
      {"1.5h", 0},
      {"d", 0},
      {"1", 0},
      {"", 0},
      {"1D", 0},
      {" 1d", 0},
      {"1 d", 0},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text) {
      const auto read = parse_duration(row.text);
      BOOST_TEST(read.has_value() == (row.seconds != 0));
      if (read) BOOST_TEST(read->count() == row.seconds);
    }
  }
}

BOOST_AUTO_TEST_CASE(times) {
  const wire::Time now(1'700'000'000s);
  struct Row {
    std::string_view text;
    std::int64_t seconds;  // -1: it is none
  };
  const Row rows[] = {
      {"1970-01-01", 0},
      {"2023-11-14", 1'699'920'000},
      {"2023-11-14Z", 1'699'920'000},
      {"2023-11-14T22:13", 1'699'999'980},
      {"2023-11-14T22:13:20", 1'700'000'000},
      {"2023-11-14T22:13:20Z", 1'700'000'000},
      {"2h", 1'699'992'800},
      {"2024-02-29", 1'709'164'800},
      {"2023-02-29", -1},
      {"2023-11-14T24:00", -1},
      {"2023-11-14T23:60", -1},
      {"2023-11-14T23:59:60", -1},
      {"2023-11-14T23:59:5", -1},
      {"2023-11-14 22:13", -1},
      {"2023-11-14T22:13:20+01:00", -1},
      {"2023-1-1", -1},
      {"1969-12-31", -1},
      {"Z", -1},
      {"", -1},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text) {
      const auto read = parse_when(row.text, now);
      BOOST_TEST(read.has_value() == (row.seconds >= 0));
      if (read) BOOST_TEST((*read == wire::Time(std::chrono::seconds(row.seconds))));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
