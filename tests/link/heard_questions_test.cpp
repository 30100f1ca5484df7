// Tests of which questions of others stand for ours.
// SPDX-License-Identifier: Apache-2.0
#include "link/heard_questions.hpp"

#include <boost/test/unit_test.hpp>

#include "wire/hex.hpp"

using namespace srvwarden;
using namespace srvwarden::link;
using namespace std::chrono_literals;
using wire::NameView;
using wire::Type;

namespace {

const std::string http = wire::make_name({"_HTTP", "_tcp", "local"});
const std::string name = "05'_http'04'_tcp'05'local'00";

}  // namespace

BOOST_AUTO_TEST_SUITE(heard_questions)

BOOST_AUTO_TEST_CASE(stands_for_ours_where_all_hear_the_answer) {
  struct Row {
    std::string_view what;
    std::string message;
    bool stands;
    std::uint16_t port = wire::mdns_port;
    bool to_group = true;
  };
  const std::string plain = "0000 0000 0001 0000 0000 0000 " + name + "000C 0001";
  const Row rows[] = {
      {"a question", plain, true},
      {"of an old resolver", plain, false, 40000},
      {"to one host", plain, false, wire::mdns_port, false},
      {"with QU", "0000 0000 0001 0000 0000 0000 " + name + "000C 8001", false},
      {"of another class", "0000 0000 0001 0000 0000 0000 " + name + "000C 0003", false},
      {"for another type", "0000 0000 0001 0000 0000 0000 " + name + "0021 0001", false},
      {"with a known answer",
       "0000 0000 0001 0001 0000 0000 " + name + "000C 0001 C00C 000C 0001 00001194 0004 01'a'C00C",
       false},
      {"with a known answer to another question",
       "0000 0000 0001 0001 0000 0000 " + name + "000C 0001 C012 000C 0001 00001194 0004 01'a'C00C",
       true},
      {"truncated", "0000 0200 0001 0000 0000 0000 " + name + "000C 0001", false},
      {"a response", "0000 8400 0001 0000 0000 0000 " + name + "000C 0001", false},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.what) {
      const auto octets = test::octets(row.message);
      wire::Packet packet;
      packet.interface = 2;
      packet.source.port = row.port;
      packet.destination.address =
          row.to_group ? wire::mdns_group_ipv4() : *wire::Address::parse("10.0.0.1");
      wire::Decoder decoder;
      HeardQuestions heard;
      heard.add(packet, decoder.decode(octets), 5000ms);
      BOOST_TEST(heard.stands(2, NameView(http), Type::ptr, 5000ms) == row.stands);
      BOOST_TEST(heard.stands(2, NameView(http), Type::ptr, 5999ms) == row.stands);
      BOOST_TEST(!heard.stands(2, NameView(http), Type::ptr, 6000ms));
      BOOST_TEST(!heard.stands(3, NameView(http), Type::ptr, 5000ms));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
