// Tests of the census.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/census.hpp"

#include <boost/test/unit_test.hpp>

#include "census/announcement.hpp"

using namespace srvwarden;
using namespace srvwarden::census;
using namespace std::chrono_literals;
using namespace std::string_literals;
using test::Announcement;
using wire::NameView;
using wire::Type;

namespace {

void feed(Census& census, const Announcement& announcement) {
  static wire::Decoder decoder;
  const wire::Packet packet = announcement.packet();
  census.add(packet, decoder.decode(packet.payload));
}

Announcement foo() {
  Announcement announcement;
  announcement.ptr("_http._tcp.local", "Foo._http._tcp.local")
      .ptr("_printer._sub._http._tcp.local", "Foo._http._tcp.local")
      .ptr("_services._dns-sd._udp.local", "_http._tcp.local")
      .srv("Foo._http._tcp.local", "h.local", "1F90")
      .txt("Foo._http._tcp.local", "03'a=b'")
      .a("h.local", "0A4D0001")
      .add("h.local", Type::nsec, 0x8001, 120, "", "h.local", "000140");
  return announcement;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(census_of_packets)

BOOST_AUTO_TEST_CASE(puts_an_instance_together) {
  Census census;
  feed(census, foo());
  BOOST_TEST(census.records().size() == 7u);
  const auto instances = census.instances();
  BOOST_TEST_REQUIRE(instances.size() == 1u);
  const Instance& instance = instances[0];
  BOOST_TEST(NameView(instance.name).text() == "Foo._http._tcp.local.");
  BOOST_TEST(instance.pointers.size() == 1u);
  BOOST_TEST(instance.subtypes.size() == 1u);
  BOOST_TEST_REQUIRE(instance.services.size() == 1u);
  BOOST_TEST((instance.services[0]->srv() == wire::SrvFields{0, 0, 8080}));
  BOOST_TEST(instance.services[0]->target().text() == "h.local.");
  BOOST_TEST_REQUIRE(instance.texts.size() == 1u);
  BOOST_TEST(instance.texts[0]->rdata() == "\3a=b");
  BOOST_TEST_REQUIRE(instance.addresses.size() == 1u);
  BOOST_TEST(instance.addresses[0]->rdata() == "\x0A\x4D\0\1"s);
  BOOST_TEST_REQUIRE(instance.denials.size() == 1u);
  BOOST_TEST(instance.denials[0]->denies(Type::aaaa));
  BOOST_TEST(!instance.denials[0]->denies(Type::a));
  BOOST_TEST(census.interface_name(2) == "eth0");
  BOOST_TEST(census.hosts().size() == 1u);
}

BOOST_AUTO_TEST_CASE(keeps_a_record_once_in_its_first_spelling) {
  Census census;
  feed(census, Announcement().ptr("_http._tcp.local", "Foo._http._tcp.local").at(1s).number(1));
  feed(census, Announcement()
                   .ptr("_HTTP._tcp.LOCAL", "FOO._http._TCP.local")
                   .at(5s)
                   .number(9)
                   .from("10.77.0.2"));
  BOOST_TEST_REQUIRE(census.records().size() == 1u);
  const Observation& record = census.records().front();
  BOOST_TEST(record.owner().text() == "_http._tcp.local.");
  BOOST_TEST(record.target().text() == "Foo._http._tcp.local.");
  BOOST_TEST(record.count() == 2u);
  BOOST_TEST(record.first().packet == 1u);
  BOOST_TEST(record.last().packet == 9u);
  BOOST_TEST((record.last().time == wire::Time(5s)));
  BOOST_TEST(record.senders().size() == 2u);
}

BOOST_AUTO_TEST_CASE(only_names_are_folded) {
  Census census;
  feed(census, Announcement()
                   .srv("Foo._http._tcp.local", "h.local", "0041")
                   .srv("Foo._http._tcp.local", "H.local", "0061")
                   .txt("Foo._http._tcp.local", "01'a'")
                   .txt("Foo._http._tcp.local", "01'A'"));
  BOOST_TEST(census.records().size() == 4u);
  BOOST_TEST(census.find(NameView(test::name("foo._HTTP._tcp.local")), Type::srv).size() == 2u);
}

BOOST_AUTO_TEST_CASE(interfaces_are_kept_apart) {
  Census census;
  feed(census, foo());
  feed(census, foo().on(3, "wlan0"));
  BOOST_TEST(census.records().size() == 14u);
  const auto instances = census.instances();
  BOOST_TEST_REQUIRE(instances.size() == 1u);
  BOOST_TEST(instances[0].services.size() == 2u);
}

BOOST_AUTO_TEST_CASE(records_live_and_die) {
  Census census;
  feed(census, Announcement().a("h.local", "0A4D0001", 120).at(0s));
  const Observation& old = census.records().front();
  BOOST_TEST(old.is_live(wire::Time(119s)));
  BOOST_TEST(!old.is_live(wire::Time(120s)));
  feed(census, Announcement().a("h.local", "0A4D0002").at(1s));
  BOOST_TEST(!old.was_flushed());  // a record of the last second may be of the same burst
  feed(census, Announcement().a("h.local", "0A4D0002").at(1001ms));
  BOOST_TEST(old.was_flushed());
  BOOST_TEST(!old.is_live(wire::Time(2s)));
  feed(census, Announcement().a("h.local", "0A4D0001").at(3s));
  BOOST_TEST(old.is_live(wire::Time(4s)));
  feed(census, Announcement().a("h.local", "0A4D0001", 0).at(5s));
  BOOST_TEST(old.said_goodbye());
  BOOST_TEST(!old.is_live(wire::Time(5s)));
}

BOOST_AUTO_TEST_CASE(queries_announce_nothing) {
  Census census;
  feed(census, Announcement(0).ptr("_http._tcp.local", "Foo._http._tcp.local"));
  BOOST_TEST(census.records().empty());
  BOOST_TEST(census.counts().queries == 1u);
}

BOOST_AUTO_TEST_CASE(counts_open_questions) {
  Census census;
  const std::string http = test::name("_http._tcp.local");
  feed(census, Announcement(0).ask("_http._tcp.local").at(1s));
  feed(census, Announcement(0).ask("_HTTP._tcp.local").at(2s));
  feed(census, Announcement(0).ask("_http._tcp.local").at(2s).on(3, "wlan0"));  // the same asking
  feed(census, Announcement(0)
                   .ask("_http._tcp.local")
                   .ptr("_http._tcp.local", "Foo._http._tcp.local")  // known: an answer may fail
                   .at(4s));
  BOOST_TEST(census.asked(NameView(http), Type::ptr).times == 2u);
  BOOST_TEST((census.asked(NameView(http), Type::ptr).last == wire::Time(2s)));
  BOOST_TEST(census.asked(NameView(http), Type::srv).times == 0u);
}

BOOST_AUTO_TEST_CASE(has_bounds_and_counts_what_it_drops) {
  Census by_count({.records = 3});
  feed(by_count, foo());
  BOOST_TEST(by_count.records().size() == 3u);
  BOOST_TEST(by_count.counts().records_dropped == 4u);
  Census by_octets({.octets = 50});
  feed(by_octets, foo());
  BOOST_TEST(by_octets.records().size() == 1u);
  Census by_questions({.questions = 1});
  feed(by_questions, Announcement(0).ask("a.local").ask("b.local").ask("a.local"));
  BOOST_TEST(by_questions.counts().questions_dropped == 1u);
}

BOOST_AUTO_TEST_CASE(forgets_what_has_long_expired) {
  Census census({.records = 8});
  feed(census, foo().at(0s));
  feed(census, Announcement(0).ask("_http._tcp.local").at(10s));
  feed(census, Announcement().a("old.local", "0A4D0009", 1).at(20s).from("10.77.0.9"));
  BOOST_TEST(census.is_crowded());
  feed(census, Announcement().a("new.local", "0A4D0008").at(30s));
  BOOST_TEST(census.counts().records_dropped == 1u);

  feed(census, foo().at(129999ms).from("10.77.0.2"));
  census.forget_expired();  // nothing: a record seen less than two minutes ago stays
  BOOST_TEST(census.records().size() == 8u);
  BOOST_TEST(census.asked(NameView(test::name("_http._tcp.local")), Type::ptr).times == 1u);
  feed(census, foo().at(140s).from("10.77.0.2"));
  census.forget_expired();
  BOOST_TEST(census.records().size() == 7u);
  BOOST_TEST(census.counts().records_forgotten == 1u);
  BOOST_TEST(census.asked(NameView(test::name("_http._tcp.local")), Type::ptr).times == 0u);
  BOOST_TEST(!census.is_crowded());
  BOOST_TEST(census.senders().size() == 2u);  // who announced what stays, and who was heard of late

  const auto instances = census.instances();
  BOOST_TEST_REQUIRE(instances.size() == 1u);
  BOOST_TEST(instances[0].addresses.size() == 1u);
  BOOST_TEST(instances[0].services[0]->senders().size() == 2u);
  BOOST_TEST(instances[0].services[0]->count() == 3u);
  BOOST_TEST(instances[0].services[0]->target().text() == "h.local.");
  feed(census, Announcement().a("new.local", "0A4D0008").at(141s));
  feed(census, foo().at(142s));
  BOOST_TEST(census.records().size() == 8u);  // the same records are found again
}

BOOST_AUTO_TEST_CASE(malformed_records_are_left_out) {
  Census census;
  feed(census, Announcement()
                   .add("h.local", Type::a, 0x8001, 120, "0A4D00")
                   .txt("Foo._http._tcp.local", "05'a'")  // malformed, but TXT is kept
                   .a("h.local", "0A4D0001"));
  BOOST_TEST(census.records().size() == 2u);
  BOOST_TEST(census.counts().malformed == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
