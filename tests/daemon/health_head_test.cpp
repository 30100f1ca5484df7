// Heads of HTTP responses: whole, in pieces, without an end, and what is none.
// SPDX-License-Identifier: Apache-2.0
#include "health/http_head.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace srvwarden::daemon;
using State = HttpHead::State;

struct Row {
  std::string text;
  State state;
  unsigned status;
};

const Row rows[] = {
    {"", State::incomplete, 0},
    {"HTTP/1.1 200 OK\r\n\r\n", State::complete, 200},
    {"HTTP/1.0 200 OK\n\n", State::complete, 200},
    {"HTTP/1.1 200\r\n\r\n", State::complete, 200},
    {"HTTP/1.1 200 \r\nA: b\r\n\r\nbody", State::complete, 200},
    {"HTTP/1.1 999 x\r\n\r\n", State::complete, 999},
    {"HTTP/1.1 200 OK\r\nA: b\r\n", State::incomplete, 200},
    {"HTTP/1.1 200 OK", State::incomplete, 0},
    {"HTTP/1.1 100 Go on\r\n\r\n", State::incomplete, 100},
    {"HTTP/1.1 199 x\r\n\r\n", State::incomplete, 199},
    {"HTTP/1.1 100 x\r\n\r\nHTTP/1.1 103 y\r\nA: b\r\n\r\nHTTP/1.1 204 z\r\n\r\n", State::complete,
     204},
    {"HTTP/1.1 101 x\r\n\r\n", State::complete, 101},
    {"HTTP/1.1 100 x\r\n\r\nSSH", State::not_http, 100},
    {"HTTP/2 200\r\n", State::not_http, 0},
    {"HTTP/1.1 20 OK\r\n", State::not_http, 0},
    {"HTTP/1.1 099 OK\r\n", State::not_http, 0},
    {"HTTP/1.1 2000\r\n", State::not_http, 0},
    {"HTTP/1.1  200\r\n", State::not_http, 0},
    {"HTTP/1.x 200 OK\r\n", State::not_http, 0},
    {"http/1.1 200 OK\r\n", State::not_http, 0},
    {"\r\n", State::not_http, 0},
    {"SSH-2.0-x", State::not_http, 0},  // before its line ends
    {std::string("\x15\x03\x03\0\x02", 5), State::not_http, 0},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(health_head)

BOOST_AUTO_TEST_CASE(is_read_alike_whole_and_byte_by_byte) {
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text) {
      HttpHead whole;
      BOOST_TEST((whole.add(row.text) == row.state));
      BOOST_TEST(whole.status() == row.status);
      HttpHead pieces;
      for (const char byte : row.text) pieces.add({&byte, 1});
      BOOST_TEST((pieces.state() == row.state));
      BOOST_TEST(pieces.status() == row.status);
      BOOST_TEST(pieces.beginning() == whole.beginning().substr(0, pieces.beginning().size()));
    }
  }
}

BOOST_AUTO_TEST_CASE(location_is_that_of_the_final_response) {
  HttpHead head;
  head.add(
      "HTTP/1.1 103 x\r\nLocation: /early\r\n\r\n"
      "HTTP/1.1 302 x\r\nX-Location: /no\r\nlOCATION: \t/there \r\n\r\nLocation: /body\r\n");
  BOOST_TEST(head.status() == 302);
  BOOST_TEST(head.location() == "/there");
  HttpHead none;
  none.add("HTTP/1.1 103 x\r\nLocation: /early\r\n\r\nHTTP/1.1 302 x\r\n\r\n");
  BOOST_TEST(none.location() == "");
}

BOOST_AUTO_TEST_CASE(an_end_comes_within_the_limit_or_never) {
  const std::string begin = "HTTP/1.1 200 OK\r\nA: ";
  const std::string end = "\r\n\r\n";
  const auto head_of = [&](std::size_t size) {
    return begin + std::string(size - begin.size() - end.size(), 'a') + end;
  };
  HttpHead fits;
  BOOST_TEST((fits.add(head_of(HttpHead::limit)) == State::complete));
  HttpHead over;
  BOOST_TEST((over.add(head_of(HttpHead::limit + 1)) == State::too_long));
  BOOST_TEST((over.add("\r\n\r\n") == State::too_long));  // for good
  HttpHead in_pieces;
  const std::string text = head_of(HttpHead::limit + 1);
  for (std::size_t at = 0; at + 1 < HttpHead::limit; ++at) {
    BOOST_TEST_REQUIRE((in_pieces.add(text.substr(at, 1)) == State::incomplete));
  }
  BOOST_TEST((in_pieces.add(text.substr(HttpHead::limit - 1, 1)) == State::too_long));
  HttpHead interim;  // the limit counts all of them
  State state = State::incomplete;
  for (int i = 0; i < 2000 && state == State::incomplete; ++i) {
    state = interim.add("HTTP/1.1 100 x\r\n\r\n");
  }
  BOOST_TEST((state == State::too_long));
}

BOOST_AUTO_TEST_CASE(its_beginning_is_one_short_line) {
  HttpHead head;
  head.add("garbage\r\nmore");
  BOOST_TEST(head.beginning() == "garbage");
  HttpHead endless;
  endless.add(std::string(5000, 'x'));
  BOOST_TEST(endless.beginning() == std::string(64, 'x'));
}

BOOST_AUTO_TEST_SUITE_END()
