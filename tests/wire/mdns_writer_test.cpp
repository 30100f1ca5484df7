// Tests of writing messages, and of reading them back.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/mdns_writer.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "wire/hex.hpp"

using namespace srvwarden;
using namespace srvwarden::wire;

namespace {

const std::string http = make_name({"_http", "_tcp", "local"});
const std::string ipp = make_name({"_ipp", "_tcp", "local"});

}  // namespace

BOOST_AUTO_TEST_SUITE(writer)

BOOST_AUTO_TEST_CASE(compresses_names) {
  const QuerySpec questions[] = {{NameView(http)}, {NameView(ipp)}, {NameView(http), Type::any}};
  const auto messages = write_query(questions, {});
  BOOST_TEST_REQUIRE(messages.size() == 1u);
  BOOST_TEST(messages[0] == test::octets("0000 0000 0003 0000 0000 0000"
                                         "05'_http'04'_tcp'05'local'00 000C 0001"
                                         "04'_ipp'C012 000C 0001"
                                         "C00C 00FF 0001"),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(puts_known_answers_into_several_messages) {
  std::vector<std::string> instances;
  for (int i = 0; i < 100; ++i) {
    instances.push_back(
        make_name({"Instance number " + std::to_string(i), "_http", "_tcp", "local"}));
  }
  std::vector<KnownAnswer> known;
  for (const std::string& instance : instances) {
    known.push_back({NameView(http), NameView(instance), 4000});
  }
  const QuerySpec question[] = {{NameView(http)}};
  const auto messages = write_query(question, known, 512);
  BOOST_TEST_REQUIRE(messages.size() > 2u);
  Decoder decoder;
  std::size_t answers = 0;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const Message& message = decoder.decode(messages[i]);
    BOOST_TEST(message.faults.empty());
    BOOST_TEST(messages[i].size() <= 512u);
    BOOST_TEST(message.header.truncated() == (i + 1 < messages.size()));
    BOOST_TEST(message.questions.size() == (i == 0 ? 1u : 0u));
    for (const Record& record : message.records) {
      BOOST_TEST((record.target == NameView(instances[answers++])));
      BOOST_TEST(record.class_field == 1u);  // never the cache-flush bit
    }
  }
  BOOST_TEST(answers == instances.size());
}

BOOST_AUTO_TEST_CASE(keeps_known_answers_with_their_question) {
  const std::string foo = make_name({"Foo", "_ipp", "_tcp", "local"});
  const QuerySpec question[] = {{NameView(http)}};
  const KnownAnswer known[] = {{NameView(ipp), NameView(foo), 4500}};
  const auto messages = write_query(question, known);
  BOOST_TEST_REQUIRE(messages.size() == 1u);
  Decoder decoder;
  BOOST_TEST(decoder.decode(messages[0]).records.empty());
}

BOOST_AUTO_TEST_CASE(splits_many_questions) {
  std::vector<std::string> names;
  for (int i = 0; i < 200; ++i) names.push_back(make_name({std::to_string(i), "local"}));
  std::vector<QuerySpec> questions;
  for (const std::string& name : names) questions.push_back({NameView(name), Type::srv});
  const auto messages = write_query(questions, {}, 512);
  Decoder decoder;
  std::size_t asked = 0;
  for (const auto& octets : messages) {
    const Message& message = decoder.decode(octets);
    BOOST_TEST(octets.size() <= 512u);
    BOOST_TEST(!message.header.truncated());
    asked += message.questions.size();
  }
  BOOST_TEST(asked == questions.size());
  BOOST_TEST(write_query({}, {}).empty());
}

BOOST_AUTO_TEST_CASE(writes_records_that_read_back) {
  MessageWriter writer(0x8400);
  const std::string foo = make_name({"Foo", "_http", "_tcp", "local"});
  const std::string host = make_name({"h", "local"});
  const NameView target(host);
  writer.record(Section::answer, NameView(foo), Type::srv, 0x8001, 120,
                test::octets("0001 0002 0050"), &target);
  writer.record(Section::additional, target, Type::a, 0x8001, 120, test::octets("0A4D0001"));
  Decoder decoder;
  const Message& message = decoder.decode(writer.bytes());
  BOOST_TEST(message.faults.empty());
  BOOST_TEST_REQUIRE(message.records.size() == 2u);
  BOOST_TEST((message.records[0].srv() == SrvFields{1, 2, 80}));
  BOOST_TEST((message.records[0].target == target));
  BOOST_TEST((message.records[1].section == Section::additional));
}

BOOST_AUTO_TEST_SUITE_END()
