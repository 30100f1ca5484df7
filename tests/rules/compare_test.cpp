// Tests of comparisons: a device that is found beside one that is not.
// SPDX-License-Identifier: Apache-2.0
#include "rules/story/differences.hpp"

#include <boost/test/unit_test.hpp>

#include "rules/story_packets.hpp"
#include "srvwarden/catalogue.hpp"

using namespace srvwarden;
using namespace srvwarden::rules::story;
using namespace srvwarden::test;
using namespace srvwarden::test::story;
using wire::Type;

namespace {

Packets conversation(const Announcement& answer) {
  Announcement first = answer;
  Announcement second = answer;
  return {probe().at(0ms),   probe().at(250ms), probe().at(500ms),          first.at(1s),
          question().at(5s), second.at(5040ms), question(Type::txt).at(20s)};
}

Comparison against(const Announcement& bad) {
  return compare(Taken(conversation(whole())).profile(), Taken(conversation(bad)).profile());
}

/// The worst difference of an id, or null.
const Difference* find(const Comparison& comparison, std::string_view id) {
  for (const Difference& one : comparison.differences) {
    if (one.id == id) return &one;
  }
  return nullptr;
}

Announcement with(std::string_view srv_port, std::string_view target = "h.local") {
  Announcement out;
  out.ptr(type_name, foo).srv(foo, target, srv_port).txt(foo, "04'pa=1'").a("h.local", "0A4D0001");
  return out.mac(1);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(comparisons)

BOOST_AUTO_TEST_CASE(twins_do_not_differ) {
  const Comparison same = against(whole());
  BOOST_TEST(same.differences.empty());
  BOOST_TEST((same.fault == Fault::nobody));
}

BOOST_AUTO_TEST_CASE(says_what_matters_and_who_is_at_fault) {
  Announcement no_service;
  no_service.ptr(type_name, foo).txt(foo, "04'pa=1'").mac(1);
  Announcement no_text;
  no_text.ptr(type_name, foo).srv(foo, "h.local", "0277").a("h.local", "0A4D0001").mac(1);
  Announcement less_keys;
  less_keys.ptr(type_name, foo)
      .srv(foo, "h.local", "0277")
      .txt(foo)
      .a("h.local", "0A4D0001")
      .mac(1);
  Announcement flushing;
  flushing.add(type_name, Type::ptr, 0x8001, 4500, "", foo);
  flushing.srv(foo, "h.local", "0277").txt(foo, "04'pa=1'").a("h.local", "0A4D0001").mac(1);
  Announcement brief;
  brief.ptr(type_name, foo, 5).srv(foo, "h.local", "0277").txt(foo, "04'pa=1'");
  brief.a("h.local", "0A4D0001").mac(1);
  Announcement broken;
  broken.ptr(type_name, foo).add(foo, Type::srv, 0x8001, 120, "0000").txt(foo, "04'pa=1'");
  broken.a("h.local", "0A4D0001").mac(1);
  Announcement not_authoritative(0x8000);
  not_authoritative.ptr(type_name, foo).srv(foo, "h.local", "0277").txt(foo, "04'pa=1'");
  not_authoritative.a("h.local", "0A4D0001").mac(1);
  struct Row {
    std::string_view id;
    Announcement bad;
    Weight weight;
    Fault fault;
    std::string_view rule;
  };
  const Row rows[] = {
      {"record-missing", no_service, Weight::breaks, Fault::sender, "PT010"},
      {"record-missing", no_text, Weight::some, Fault::sender, "TX025"},
      {"record-malformed", broken, Weight::breaks, Fault::sender, "SR001"},
      {"srv-port", with("0000"), Weight::breaks, Fault::sender, "SR006"},
      {"srv-port", with("0278"), Weight::noise, Fault::nobody, "SR006"},
      {"srv-target", with("0277", "other.local"), Weight::noise, Fault::nobody, "SR005"},
      {"txt-key", less_keys, Weight::some, Fault::sender, ""},
      {"cache-flush", flushing, Weight::some, Fault::sender, "MD030"},
      {"ttl", brief, Weight::some, Fault::sender, "MD041"},
      {"source-port", whole().from_port(6000), Weight::breaks, Fault::sender, "MD001"},
      {"header", not_authoritative, Weight::some, Fault::sender, "MD014"},
      {"ip-ttl", whole().ip_ttl(254), Weight::some, Fault::network, "MD004"},
      {"ip-ttl", whole().ip_ttl(1), Weight::some, Fault::sender, "MD004"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.id) {
      const Comparison comparison = against(row.bad);
      const Difference* difference = find(comparison, row.id);
      BOOST_TEST_REQUIRE(difference);
      BOOST_TEST(name_of(difference->weight) == name_of(row.weight));
      BOOST_TEST(name_of(difference->fault) == name_of(row.fault));
      BOOST_TEST(difference->rule == row.rule);
    }
  }
}

BOOST_AUTO_TEST_CASE(silence_is_one_difference) {
  const Profile good = Taken(conversation(whole())).profile();
  const Comparison silent = compare(good, Taken({question().at(0s), question().at(9s)}).profile());
  BOOST_TEST_REQUIRE(silent.differences.size() == 1u);
  BOOST_TEST(silent.differences[0].id == "silence");
  BOOST_TEST((silent.worst == Weight::breaks));
  BOOST_TEST((silent.fault == Fault::network));
}

BOOST_AUTO_TEST_CASE(a_device_that_announces_and_does_not_answer) {
  const Profile good = Taken(conversation(whole())).profile();
  const Profile deaf = Taken({whole().at(0s), question().at(9s), question().at(20s)}).profile();
  const Difference* difference = nullptr;
  const Comparison comparison = compare(good, deaf);
  difference = find(comparison, "unanswered");
  BOOST_TEST_REQUIRE(difference);
  BOOST_TEST((difference->weight == Weight::breaks));
}

BOOST_AUTO_TEST_CASE(a_receiver_that_does_not_believe) {
  Announcement knows = question();
  knows.ptr(type_name, foo);
  const Profile good =
      Taken({question().at(0s), whole().at(40ms), knows.at(2s), knows.at(5s), question().at(9s)})
          .profile("Foo");
  BOOST_TEST(good.asked_again == 1u);
  Packets asking{question().at(0s), whole().at(40ms)};
  for (const auto time : {2s, 5s, 12s}) asking.push_back(question().at(time));
  const Packets believing{question().at(0s), whole().at(40ms), knows.at(2s), knows.at(5s)};
  const Comparison comparison = compare(Taken(believing).profile(), Taken(asking).profile());
  const Difference* difference = find(comparison, "disbelieved");
  BOOST_TEST_REQUIRE(difference);
  BOOST_TEST((difference->fault == Fault::receiver));
}

BOOST_AUTO_TEST_CASE(rows_name_rules_that_exist) {
  for (const auto& rows : {record_differences(), packet_differences(), conduct_differences()}) {
    for (const DifferenceRow& row : rows) {
      BOOST_TEST_CONTEXT(row.id) {
        BOOST_TEST((row.rule.empty() || find_rule(row.rule)));
        BOOST_TEST(!row.why.empty());
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
