// Requests: what is one, what is none, and both sides of every limit.
// SPDX-License-Identifier: Apache-2.0
#include "control/request.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "link/control.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/utf8.hpp"

namespace {

using namespace srvwarden;
using namespace srvwarden::daemon;

bool is_request(const std::string& line) {
  return std::holds_alternative<Request>(read_request(line));
}

Request request(const std::string& line) {
  const auto read = read_request(line);
  const auto* error = std::get_if<RequestError>(&read);
  BOOST_TEST_REQUIRE(error == nullptr, line << ": " << (error ? error->words : ""));
  return std::get<Request>(read);
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

/// "status" with spaces behind, so many octets in all.
std::string of_size(std::size_t size) {
  std::string line = R"({"command":"status"})";
  return line + std::string(size - line.size(), ' ');
}

/// Refused in any case, but only once it was parsed.
std::string nested(int depth) { return repeated("[", depth) + repeated("]", depth); }

const std::string advertise = R"({"command":"advertise","instance":"a","type":"_ipp._tcp",)";

}  // namespace

BOOST_AUTO_TEST_CASE(control_reads_each_command) {
  BOOST_TEST((request(R"({"command":"status"})").verb == Verb::status));
  BOOST_TEST(request(R"({"command":"status","key":"k"})").key == "k");
  BOOST_TEST(request(R"({"command":"watch","key":null})").key == "");
  BOOST_TEST(request(R"({"command":"withdraw","name":"Lobby"})").name == "Lobby");
  BOOST_TEST((request(R"({"command":"announce","name":"a"})").verb == Verb::announce));
  for (const char* word : {"metrics", "version", "reload"}) {
    const Request read = request(R"({"command":")" + std::string(word) + "\"}");
    BOOST_TEST(name_of(read.verb) == word);
    BOOST_TEST(is_order(read.verb) == (read.verb == Verb::reload));
  }
  const Advertisement wanted =
      request(advertise +
              R"("port":1,"txt":["a=b",""],"subtypes":["_x"],"host":"h.","domain":"d"})")
          .advertisement;
  BOOST_TEST(wanted.instance == "a");
  BOOST_TEST(wanted.type == "_ipp._tcp");
  BOOST_TEST(wanted.port == 1);
  BOOST_TEST((wanted.txt == std::vector<std::string>{"a=b", ""}));
  BOOST_TEST((wanted.subtypes == std::vector<std::string>{"_x"}));
  BOOST_TEST(wanted.host == "h.");
  BOOST_TEST(wanted.domain == "d");
  BOOST_TEST((request(advertise + R"("port":1,"txt_hex":["61 3dff"]})").advertisement.txt ==
              std::vector<std::string>{"a=\xff"}));
}

BOOST_AUTO_TEST_CASE(control_repeats_ids) {
  struct Row {
    const char *in, *id;  // an empty id: refused
  };
  const std::string longest(64, 'i');
  const Row rows[] = {
      {"null", "null"},   {"1", "1"},
      {"-1", "-1"},       {"18446744073709551615", "18446744073709551615"},
      {"\"a\"", "\"a\""}, {"1.5", ""},
      {"true", ""},       {"[]", ""},
      {"1e400", ""},
  };
  for (const Row& row : rows) {
    const std::string line = R"({"command":"status","id":)" + std::string(row.in) + '}';
    BOOST_TEST_CONTEXT(line) {
      BOOST_TEST(is_request(line) == (*row.id != '\0'));
      if (*row.id != '\0') BOOST_TEST(request(line).id == row.id);
    }
  }
  BOOST_TEST(is_request(R"({"command":"status","id":")" + longest + "\"}"));
  BOOST_TEST(!is_request(R"({"command":"status","id":"i)" + longest + "\"}"));
  // An error has the id where it could be read.
  BOOST_TEST(std::get<RequestError>(read_request(R"({"id":7,"command":"x"})")).id == "7");
}

BOOST_AUTO_TEST_CASE(control_refuses_what_is_no_request) {
  const std::string lines[] = {
      "",
      " ",
      "[]",
      "7",
      "{",
      "{}}",
      R"({"command":7})",
      R"({"command":"stat"})",
      R"({"command":"status","name":"x"})",
      R"({"command":"status","key":7})",
      R"({"command":"withdraw"})",
      R"({"command":"withdraw","name":""})",
      R"({"command":"withdraw","name":["a"]})",
      R"({"command":"status","command":"status"})",
      R"({"command":"status","id":1,"id":1})",
      R"({"command":"status","id":{"a":1,"a":1}})",
      "{\"command\":\"status\xff\"}",
      std::string("{\"command\":\"status\"}\0", 21),
      R"({"command":"version","id":"\ud800"})",
      advertise + "\"port\":65536}",
      advertise + "\"port\":-1}",
      advertise + "\"port\":1.0}",
      advertise + "\"port\":\"1\"}",
      advertise + "\"x\":1}",
      advertise + "\"port\":1,\"txt\":\"a\"}",
      advertise + "\"port\":1,\"txt\":[1]}",
      advertise + "\"port\":1,\"txt_hex\":[\"6\"]}",
      advertise + "\"port\":1,\"txt_hex\":[\"61\"],\"txt\":[\"a\"]}",
      advertise + "\"port\":1,\"\\u0007\\u001b[31m\":1}",
  };
  for (const std::string& line : lines) {
    BOOST_TEST_CONTEXT(line) {
      const auto read = read_request(line);
      BOOST_TEST_REQUIRE(std::holds_alternative<RequestError>(read));
      const std::string& words = std::get<RequestError>(read).words;
      BOOST_TEST(!words.empty());
      BOOST_TEST(words.size() < 300);
      BOOST_TEST(std::ranges::none_of(words, ascii::is_control));
      BOOST_TEST(utf8::find_ill_formed(words) == words.npos);
    }
  }
  BOOST_TEST(is_request(advertise + "\"port\":65535}"));
  BOOST_TEST(is_request(advertise + "\"port\":0}"));
}

BOOST_AUTO_TEST_CASE(control_bounds_size_and_depth) {
  BOOST_TEST(is_request(of_size(link::max_control_request)));
  BOOST_TEST(!is_request(of_size(link::max_control_request + 1)));
  const auto words = [](const std::string& line) {
    return std::get<RequestError>(read_request(line)).words;
  };
  const std::string too_deep = "nested deeper than 32";
  BOOST_TEST(words(nested(32)) != too_deep);
  BOOST_TEST(words(nested(33)) == too_deep);
  BOOST_TEST(words(repeated("{\"a\":", 60'000 / 5)) == too_deep);
  // Brackets in strings do not count, nor does a quote that is escaped end one.
  BOOST_TEST(is_request(R"({"command":"withdraw","name":"\")" + repeated("[", 100) + "\"}"));
}
