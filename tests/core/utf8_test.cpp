// UTF-8 reading: both sides of each limit.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/utf8.hpp"

#include <boost/test/unit_test.hpp>

using namespace srvwarden;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(utf8_reading)

BOOST_AUTO_TEST_CASE(finds_the_first_ill_formed_byte) {
  struct Row {
    std::string_view in;
    std::size_t offset;
  };
  constexpr auto well_formed = std::string_view::npos;
  const Row rows[] = {
      {"", well_formed},
      {"\0\x7F"sv, well_formed},
      {"\x80", 0},      // lone continuation byte
      {"\xC1\xBF", 0},  // overlong U+007F
      {"\xC2\x80", well_formed},
      {"a\xC2", 1},         // cut
      {"\xE0\x9F\xBF", 0},  // overlong U+07FF
      {"\xE0\xA0\x80", well_formed},
      {"\xED\x9F\xBF", well_formed},  // U+D7FF
      {"\xED\xA0\x80", 0},            // U+D800
      {"\xEE\x80\x80", well_formed},  // U+E000
      {"\xF0\x8F\xBF\xBF", 0},        // overlong U+FFFF
      {"\xF0\x90\x80\x80", well_formed},
      {"\xF4\x8F\xBF\xBF", well_formed},  // U+10FFFF
      {"\xF4\x90\x80\x80", 0},            // U+110000
      {"\xF5\x80\x80\x80", 0},
      {"ab\xE2\x82", 2},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.in) { BOOST_TEST(utf8::find_ill_formed(row.in) == row.offset); }
  }
}

BOOST_AUTO_TEST_CASE(cuts_between_code_points) {
  BOOST_TEST(utf8::prefix("a\xC3\xA9", 2) == "a");
  BOOST_TEST(utf8::prefix("a\xC3\xA9", 3) == "a\xC3\xA9");
  BOOST_TEST(utf8::prefix("\xC3\xA9", 1) == "");
}

BOOST_AUTO_TEST_SUITE_END()
