// Tests of decoding whole messages.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/mdns_message.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "wire/hex.hpp"

using namespace srvwarden;
using namespace srvwarden::wire;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(decoder)

BOOST_AUTO_TEST_CASE(reads_a_whole_announcement) {
  const auto packet = test::octets(
      "0000 8400 0000 0003 0000 0003"
      "05'_http'04'_tcp'05'local'00 000C 0001 00001194 0006 03'Foo'C00C"  // 12
      "C028 0021 8001 00000078 000A 0000 0001 1F90 01'h'C017"             // 46
      "C028 0010 8001 00001194 0009 08'a=b\x01"
      "cdef'"                                                           // 68
      "C040 0001 8001 00000078 0004 C0A80001"                           // 89
      "C040 001C 8001 00000078 0010 FE80000000000000 0000000000000001"  // 105
      "C028 002F 8001 00001194 0009 C028 0005 0000 8000 40");
  Decoder decoder;
  const Message& message = decoder.decode(packet);
  BOOST_TEST(message.faults.empty());
  BOOST_TEST(message.header.is_response());
  BOOST_TEST(message.header.authoritative());
  BOOST_TEST_REQUIRE(message.records.size() == 6u);
  const Record* record = message.records.data();
  BOOST_TEST(record[0].owner.text() == "_http._tcp.local.");
  BOOST_TEST(record[0].target.text() == "Foo._http._tcp.local.");
  BOOST_TEST(record[0].ttl == 4500u);
  BOOST_TEST(!record[0].cache_flush());
  BOOST_TEST((record[0].section == Section::answer));
  BOOST_TEST(record[1].owner.text() == "Foo._http._tcp.local.");
  BOOST_TEST(record[1].target.text() == "h.local.");
  BOOST_TEST(record[1].cache_flush());
  BOOST_TEST((record[1].srv() == SrvFields{0, 1, 8080}));
  BOOST_TEST(record[1].offset == 46u);
  Bytes txt = record[2].rdata;
  BOOST_TEST(next_string(txt).value() == "a=b\1cdef");
  BOOST_TEST(!next_string(txt));
  BOOST_TEST(record[3].owner.text() == "h.local.");
  BOOST_TEST(record[3].rdata.size() == 4u);
  BOOST_TEST((record[3].section == Section::additional));
  BOOST_TEST((record[4].type == Type::aaaa));
  BOOST_TEST(record[5].nsec_has(Type::txt));
  BOOST_TEST(record[5].nsec_has(Type::srv));
  BOOST_TEST(!record[5].nsec_has(Type::a));
}

BOOST_AUTO_TEST_CASE(reads_questions) {
  const auto packet = test::octets(
      "0000 0000 0002 0000 0000 0000 05'_http'04'_tcp'05'local'00 000C 8001 C00C 00FF 0001");
  Decoder decoder;
  const Message& message = decoder.decode(packet);
  BOOST_TEST(message.faults.empty());
  BOOST_TEST_REQUIRE(message.questions.size() == 2u);
  BOOST_TEST(message.questions[0].wants_unicast());
  BOOST_TEST(message.questions[0].class_number() == 1u);
  BOOST_TEST(message.questions[1].name.text() == "_http._tcp.local.");
  BOOST_TEST(!message.questions[1].wants_unicast());
  BOOST_TEST((message.questions[1].type == Type::any));
}

BOOST_AUTO_TEST_CASE(names_each_fault_and_its_place) {
  struct Row {
    std::string packet;
    std::vector<Fault> faults;
    std::size_t questions;
    std::size_t records;
  };
  const std::string query = "0000 0000 0001 0000 0000 0000 ";
  const std::string answer = "0000 8400 0000 0001 0000 0000 ";
  const std::string two = "0000 8400 0000 0002 0000 0000 ";
  const std::string tail = " 000C 0001";
  const Row rows[] = {
      {"", {{FaultCode::message_truncated, 0}}, 0, 0},
      {"0000 0000 0000 0000 0000 00", {{FaultCode::message_truncated, 11}}, 0, 0},
      {"0000 0000 0000 0000 0000 0000", {}, 0, 0},
      {"0000 0000 0000 0000 0000 0000 00", {{FaultCode::trailing_octets, 12}}, 0, 0},
      {query + "C00C" + tail, {{FaultCode::bad_pointer, 12}}, 1, 0},       // itself
      {query + "01'a'C00C" + tail, {{FaultCode::bad_pointer, 14}}, 1, 0},  // its own label
      {query + "C00E" + tail, {{FaultCode::bad_pointer, 12}}, 1, 0},       // forward
      {query + "C000" + tail, {{FaultCode::bad_pointer, 12}}, 1, 0},       // header
      {query + "FFFF" + tail, {{FaultCode::bad_pointer, 12}}, 1, 0},       // beyond
      {"0000 0000 FFFF FFFF FFFF FFFF", {{FaultCode::message_truncated, 12}}, 0, 0},
      {"0000 8400 0000 FFFF 0000 0000", {{FaultCode::message_truncated, 12}}, 0, 0},
      {query + "C00B" + tail, {{FaultCode::bad_pointer, 12}}, 1, 0},  // the header's last octet
      {query + "C0", {{FaultCode::message_truncated, 13}}, 0, 0},
      {query + "41'a'" + tail, {{FaultCode::reserved_label_type, 12}}, 0, 0},
      {query + "01'a'80" + tail, {{FaultCode::reserved_label_type, 14}}, 0, 0},
      {query + "05'abc'", {{FaultCode::message_truncated, 16}}, 0, 0},
      {query + "01'a'", {{FaultCode::message_truncated, 14}}, 0, 0},
      {query + "00 000C 00", {{FaultCode::message_truncated, 16}}, 0, 0},
      {two + "00 0001 0001 00000078 0004 01020304", {{FaultCode::message_truncated, 27}}, 0, 1},
      {answer + "00 0001 0001 00000078 0004 010203", {{FaultCode::message_truncated, 26}}, 0, 0},
      {answer + "00 0001 0001 00000078 0005 0102030405", {{FaultCode::rdata_size, 27}}, 0, 1},
      {answer + "00 0001 0001 00000078 0003 010203", {{FaultCode::rdata_size, 23}}, 0, 1},
      {answer + "00 001C 0001 00000078 0004 01020304", {{FaultCode::rdata_size, 23}}, 0, 1},
      {answer + "00 000C 0001 00000078 0000", {{FaultCode::rdata_size, 23}}, 0, 1},
      {answer + "00 000C 0001 00000078 0004 01'a'0000", {{FaultCode::rdata_size, 26}}, 0, 1},
      {two + "00 000C 0001 00000078 0002 03'a'" + "00 000C 0001 00000078 0001 00",
       {{FaultCode::rdata_size, 25}},
       0,
       2},  // the name would run into the next record
      {answer + "00 0021 8001 00000078 0006 000000000050", {{FaultCode::srv_malformed, 29}}, 0, 1},
      {answer + "00 0021 8001 00000078 0007 000000000050 00", {}, 0, 1},
      {answer + "00 0021 8001 00000078 0009 000000000050 00 0000",
       {{FaultCode::srv_malformed, 30}},
       0,
       1},
      {answer + "00 0021 8001 00000078 0002 0000", {{FaultCode::srv_malformed, 23}}, 0, 1},
      {answer + "00 0010 8001 00000078 0000", {{FaultCode::txt_empty, 23}}, 0, 1},
      {answer + "00 0010 8001 00000078 0001 00", {}, 0, 1},
      {answer + "00 0010 8001 00000078 0005 01'a'05'bc'", {{FaultCode::txt_overrun, 25}}, 0, 1},
      {answer + "00 002F 8001 00000078 0003 00 0021", {{FaultCode::nsec_malformed, 24}}, 0, 1},
      {answer + "00 002F 8001 00000078 0003 00 0000", {{FaultCode::nsec_malformed, 24}}, 0, 1},
      {answer + "00 002F 8001 00000078 0007 00 0004 40000000", {}, 0, 1},
      {answer + "00 002F 8001 00000078 0009 00 0006 400000000001",
       {{FaultCode::nsec_malformed, 24}},
       0,
       1},  // it denies or grants NSEC itself
      {answer + "00 002F 8001 00000078 0007 00 000140 010140", {}, 0, 1},
      {answer + "00 002F 8001 00000078 0007 00 000140 000120",
       {{FaultCode::nsec_malformed, 27}},
       0,
       1},  // the same block twice
      {answer + "00 002F 8001 00000078 0024 00 0021" + std::string(66, '0'),
       {{FaultCode::nsec_malformed, 24}},
       0,
       1},
      {answer + "00 002F 8001 00000078 0023 00 0020" + std::string(64, '0'), {}, 0, 1},
      {answer + "00 002F 8001 00000078 0002 00 00", {{FaultCode::nsec_malformed, 24}}, 0, 1},
      {answer + "00 0040 0001 00000078 0008 0001 00 0003 0001 41", {}, 0, 1},
      {answer + "00 0040 0001 00000078 0008 0001 00 0003 0002 41",
       {{FaultCode::rdata_size, 26}},
       0,
       1},
      {answer + "00 0041 0001 00000078 000B 0001 00 0003 0000 0003 0000",
       {{FaultCode::rdata_size, 30}},
       0,
       1},  // RFC 9460 §2.2: keys rise
      {answer + "01'a'00 0040 0001 00000078 0004 0001 C00C",
       {{FaultCode::compression_not_allowed, 27}},
       0,
       1},
      {answer + "01'a'00 0023 0001 00000078 0009 0001 0001 00 00 00 C00C",
       {{FaultCode::compression_not_allowed, 32}},
       0,
       1},
      {answer + "00 000D 8001 00000078 0004 01'a'01'b'", {}, 0, 1},
      {answer + "00 000D 8001 00000078 0002 01'a'", {{FaultCode::rdata_size, 25}}, 0, 1},
      {answer + "00 0029 1000 00000000 0005 0004 0001 41", {}, 0, 1},
      {answer + "00 0029 1000 00000000 0005 0004 0002 41", {{FaultCode::rdata_size, 23}}, 0, 1},
      {answer + "00 FF01 0001 00000078 0003 C00CFF", {}, 0, 1},  // unknown: as it is
  };
  Decoder decoder;
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.packet) {
      const auto packet = test::octets(row.packet);
      const Message& message = decoder.decode(packet);
      BOOST_TEST((message.faults == row.faults));
      BOOST_TEST(message.questions.size() == row.questions);
      BOOST_TEST(message.records.size() == row.records);
    }
  }
}

BOOST_AUTO_TEST_CASE(follows_pointers_that_go_down) {
  const auto packet = test::octets(
      "0000 0000 0003 0000 0000 0000 01'a'01'b'00 0001 0001"  // 12: a.b
      "01'c'C00E 0001 0001"                                   // 21: c.b
      "01'd'C015 0001 0001");                                 // 29: d.c.b
  Decoder decoder;
  const Message& message = decoder.decode(packet);
  BOOST_TEST(message.faults.empty());
  BOOST_TEST_REQUIRE(message.questions.size() == 3u);
  BOOST_TEST(message.questions[1].name.text() == "c.b.");
  BOOST_TEST(message.questions[2].name.text() == "d.c.b.");
}

BOOST_AUTO_TEST_CASE(limits_names_to_256_octets) {
  const std::string label = "3F" + std::string(126, '6');  // 63 octets
  const std::string start = "0000 0000 0001 0000 0000 0000 " + label + label + label;
  Decoder decoder;
  auto packet = test::octets(start + "3E" + std::string(124, '6') + "00 0001 0001");
  BOOST_TEST(decoder.decode(packet).faults.empty());
  packet = test::octets(start + label + "00 0001 0001");
  const Message& message = decoder.decode(packet);
  BOOST_TEST((message.faults == std::vector<Fault>{{FaultCode::name_too_long, 12 + 192}}));
  BOOST_TEST(message.questions.size() == 1u);  // its end is plain, so what follows is read
}

BOOST_AUTO_TEST_CASE(a_compressed_name_can_be_too_long) {
  const std::string label = "3F" + std::string(126, '6');
  const std::string start = "0000 0000 0002 0000 0000 0000 " + label + label + label;
  const auto packet = test::octets(start + "00 0001 0001" + label + "C00C 0001 0001");
  Decoder decoder;
  const Message& message = decoder.decode(packet);
  BOOST_TEST_REQUIRE(message.faults.size() == 1u);
  BOOST_TEST((message.faults[0].code == FaultCode::name_too_long));
  BOOST_TEST(message.questions.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_fault_does_not_hide_the_records_after_it) {
  const auto packet = test::octets(
      "0000 8400 0000 0002 0000 0000"
      "01'a'00 0001 0001 00000078 0003 010203"
      "01'b'00 0001 0001 00000078 0004 01020304");
  Decoder decoder;
  const Message& message = decoder.decode(packet);
  BOOST_TEST_REQUIRE(message.records.size() == 2u);
  BOOST_TEST(!message.records[0].rdata_is_whole);
  BOOST_TEST(message.records[1].rdata_is_whole);
  BOOST_TEST(message.records[1].owner.text() == "b.");
}

BOOST_AUTO_TEST_SUITE_END()
