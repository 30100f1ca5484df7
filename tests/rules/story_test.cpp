// Tests of stories: packets in, events and a diagnosis out.
// SPDX-License-Identifier: Apache-2.0
#include "rules/story/story.hpp"

#include <boost/test/unit_test.hpp>

#include "rules/story/diagnosis.hpp"
#include "rules/story_packets.hpp"
#include "srvwarden/catalogue.hpp"

using namespace srvwarden;
using namespace srvwarden::rules::story;
using namespace srvwarden::test;
using namespace srvwarden::test::story;
using wire::Type;

namespace {

using Names = std::vector<std::string>;

/// What happens, by the names of the events.
Names events(const Story& story) {
  Names names;
  for (const Event& event : story.events) names.emplace_back(row_of(event.kind).name);
  return names;
}
Names events(Packets packets) { return events(Taken(std::move(packets)).story()); }

/// The ids of the reasons for one of the two browsers.
Names reasons(const Verdict& verdict) {
  Names ids;
  for (const Reason& reason : verdict.reasons) ids.emplace_back(reason.id);
  return ids;
}
const Verdict& listener(const Story& story) { return story.verdicts.at(0); }
const Verdict& newcomer(const Story& story) { return story.verdicts.at(1); }

/// Something long after, so that answers and expiries had their time.
Announcement later(std::chrono::milliseconds time) {
  Announcement announcement(0);
  announcement.ask("_other._tcp.local").from("10.77.0.9").mac(9).at(time);
  return announcement;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stories)

BOOST_AUTO_TEST_CASE(tells_a_whole_life) {
  const Story story = Taken({probe().at(0ms), probe().at(250ms), probe().at(500ms),
                             whole().at(750ms), whole().at(1750ms), question().at(5s),
                             whole().at(5040ms), goodbye().at(9s), later(12s)})
                          .story();
  BOOST_TEST(events(story) == (Names{"probed", "probed", "probed", "announced", "announced",
                                     "asked", "answered", "goodbye"}),
             boost::test_tools::per_element());
  BOOST_TEST(story.name == "Foo._ipp._tcp.local.");
  BOOST_TEST(story.events[2].number == 3u);
  BOOST_TEST((story.events[2].after == 250ms));
  BOOST_TEST(story.events[4].number == 2u);
  BOOST_TEST((story.events[4].after == 1s));
  BOOST_TEST((story.events[6].after == 40ms));
  BOOST_TEST(story.events[6].packet == 7u);
  BOOST_TEST(story.events[6].whom->address.text() == "10.77.0.9");
  BOOST_TEST(story.events[6].missing.empty());
  BOOST_TEST((listener(story).found == Found::no));
  BOOST_TEST(reasons(listener(story)) == (Names{"no-pointer"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(probes_for_the_host_are_a_series_of_their_own) {
  Announcement host(0);
  host.ask_by_unicast("h.local", Type::any).propose("h.local", Type::a, "0A4D0001").mac(1);
  const Story story =
      Taken({host.at(0ms), probe().at(100ms), host.at(250ms), probe().at(350ms), whole().at(1s)})
          .story();
  std::vector<std::uint32_t> numbers;
  for (const Event& event : story.events) {
    if (event.kind == EventKind::probed) numbers.push_back(event.number);
  }
  BOOST_TEST(numbers == (std::vector<std::uint32_t>{1, 1, 2, 2}), boost::test_tools::per_element());
  BOOST_TEST(story.events[0].reason == "h.local.");
  BOOST_TEST(story.events[1].reason.empty());
}

BOOST_AUTO_TEST_CASE(both_families_are_one_event) {
  Announcement by_ipv6;  // each family may carry its own addresses
  by_ipv6.ptr(type_name, foo).srv(foo, "h.local", "0277").txt(foo, "04'pa=1'").mac(1).at(1ms);
  by_ipv6.from("fe80::1").to("ff02::fb");
  const Story story = Taken({whole().at(0ms), by_ipv6}).story();
  BOOST_TEST_REQUIRE(story.events.size() == 1u);
  BOOST_TEST(story.events[0].ipv4);
  BOOST_TEST(story.events[0].ipv6);
}

BOOST_AUTO_TEST_CASE(tells_what_became_of_questions) {
  struct Row {
    std::string_view what;
    Packets packets;
    Names wanted;
  };
  Announcement knows = question();
  knows.ptr(type_name, foo);
  Announcement unicast = Announcement(0).ask_by_unicast(type_name, Type::ptr).from("10.77.0.9");
  const Row rows[] = {
      {"in time", {question().at(0ms), whole().at(2s), later(5s)}, {"asked", "answered"}},
      {"too late",
       {question().at(0ms), whole().at(2001ms), later(5s)},
       {"asked-in-vain", "announced"}},
      {"known", {knows.at(0ms), later(5s)}, {"suppressed"}},
      {"cut off", {question().at(0ms), later(1999ms)}, {"asked"}},
      {"just not cut off", {question().at(0ms), later(2s)}, {"asked-in-vain"}},
      {"may have been answered elsewhere", {unicast.at(0ms), later(5s)}, {"asked"}},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.what) {
      BOOST_TEST(events(row.packets) == row.wanted, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(tells_which_txt_keys_change) {
  Announcement changed;
  changed.txt(foo, "04'pa=2' 01'n'").mac(1).at(5s);
  const Story story = Taken({whole().at(0ms), changed}).story();
  BOOST_TEST_REQUIRE(events(story) == (Names{"announced", "updated", "announced"}),
                     boost::test_tools::per_element());
  const auto& changes = story.events[1].changes;
  BOOST_TEST_REQUIRE(changes.size() == 2u);
  BOOST_TEST(changes[0].what == "TXT key pa");
  BOOST_TEST(changes[0].from == "1");
  BOOST_TEST(changes[0].to == "2");
  BOOST_TEST(changes[1].what == "TXT key n");
  BOOST_TEST(!changes[1].had);
}

BOOST_AUTO_TEST_CASE(silence_ends_with_the_ttl) {
  const auto until = [](std::chrono::milliseconds end) {
    return Taken({whole().at(0ms), later(end)}).story();
  };
  BOOST_TEST(events(until(119s)) == (Names{"announced"}), boost::test_tools::per_element());
  const Story story = until(121s);  // SRV and A have 120 s
  BOOST_TEST(events(story) == (Names{"announced", "expired"}), boost::test_tools::per_element());
  BOOST_TEST((story.events[1].time == wire::Time(120s)));
  BOOST_TEST(reasons(listener(story)) == (Names{"no-service"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_later_proposal_wins) {
  Announcement other(0);
  other.ask_by_unicast(foo, Type::any)
      .propose(foo, Type::srv, "000000000278", "h.local")  // port 632, not 631
      .from("10.77.0.2")
      .mac(2);
  const Story story = Taken({probe().at(0ms), other.at(10ms)}).story();
  BOOST_TEST_REQUIRE(events(story) == (Names{"probed", "probed", "tie-break"}),
                     boost::test_tools::per_element());
  BOOST_TEST(story.events[2].who.address.text() == "10.77.0.2");
  BOOST_TEST(story.events[2].whom->address.text() == "10.77.0.1");
  BOOST_TEST(events({probe().at(0ms), other.at(1001ms)}) == (Names{"probed", "probed"}),
             boost::test_tools::per_element());  // not at once
  const Announcement twin = probe().from("10.77.0.2").mac(2).at(10ms);
  BOOST_TEST(events({probe().at(0ms), twin}) == (Names{"probed", "probed"}),
             boost::test_tools::per_element());  // the same data is no conflict
}

BOOST_AUTO_TEST_CASE(a_name_that_is_taken_is_left) {
  const Announcement renamed = Announcement()
                                   .srv("Foo (2)|_ipp._tcp.local", "g.local", "0277")
                                   .from("10.77.0.2")
                                   .mac(2)
                                   .at(2s);
  Announcement prober = probe().from("10.77.0.2").mac(2).at(1s);
  const Story story = Taken({whole().at(0ms), prober, whole().at(1100ms), renamed}).story();
  const Names told = events(story);
  BOOST_TEST(told == (Names{"announced", "probed", "conflict", "announced", "renamed"}),
             boost::test_tools::per_element());
  BOOST_TEST(story.events.back().reason == "Foo (2)._ipp._tcp.local.");
}

BOOST_AUTO_TEST_CASE(repeats_are_folded) {
  Packets packets{whole().at(0ms)};
  for (int i = 1; i <= 40; ++i) {
    packets.push_back(question().at(std::chrono::seconds(i * 10)));
    packets.push_back(whole().at(std::chrono::seconds(i * 10) + 30ms));
  }
  const Story story = Taken(packets).story();
  BOOST_TEST(events(story) == (Names{"announced", "asked", "answered", "asked", "answered", "asked",
                                     "answered"}),
             boost::test_tools::per_element());
  BOOST_TEST(story.events.back().times == 38u);
  BOOST_TEST(story.events.back().last_packet == 81u);
}

BOOST_AUTO_TEST_CASE(a_story_is_bounded) {
  Packets packets;
  for (unsigned i = 0; i < 500; ++i) {
    const std::string host = "10.77." + std::to_string(1 + i / 250) + "." + std::to_string(i % 250);
    packets.push_back(question().from(host).mac(0).at(std::chrono::seconds(i)));
  }
  const Story story = Taken(packets).story();
  BOOST_TEST(story.events.size() == 200u);
  BOOST_TEST(story.left_out == 300u);
}

BOOST_AUTO_TEST_CASE(says_why_it_is_not_found) {
  const Announcement answer = whole().at(1050ms);
  const auto asked = [&](const Announcement& reply) {
    return Packets{question().at(1s), reply, later(5s)};
  };
  Announcement port_zero;
  port_zero.ptr(type_name, foo).srv(foo, "h.local", "0000").txt(foo).a("h.local", "0A4D0001");
  Announcement no_address;
  no_address.ptr(type_name, foo).srv(foo, "h.local", "0277").txt(foo);
  Announcement no_text;
  no_text.ptr(type_name, foo).srv(foo, "h.local", "0277").a("h.local", "0A4D0001");
  Announcement other_class;
  other_class.add(type_name, Type::ptr, 0x0003, 4500, "", foo).srv(foo, "h.local", "0277");
  other_class.txt(foo).a("h.local", "0A4D0001");
  struct Row {
    std::string_view what;
    Packets packets;
    Found found;
    Names wanted;
  };
  const Row rows[] = {
      {"all is well", asked(answer), Found::yes, {}},
      {"port 0", asked(port_zero.at(1050ms)), Found::no, {"port-zero"}},
      {"no address", asked(no_address.at(1050ms)), Found::no, {"no-address"}},
      {"no TXT", asked(no_text.at(1050ms)), Found::unsure, {"no-text"}},
      {"class CH", asked(other_class.at(1050ms)), Found::no, {"no-pointer"}},
      {"nobody asked", {whole().at(0ms), later(5s)}, Found::unsure, {"pointer-never-asked"}},
      {"no answer",
       {whole().at(0ms), question().at(3s), later(9s)},
       Found::no,
       {"pointer-unanswered"}},
      {"from another port",
       asked(whole().from_port(60000).at(1050ms)),
       Found::no,
       {"ignored", "no-pointer"}},
      {"routed", asked(whole().ip_ttl(254).at(1050ms)), Found::yes, {"ip-ttl"}},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.what) {
      const Story story = Taken(row.packets).story();
      BOOST_TEST(reasons(newcomer(story)) == row.wanted, boost::test_tools::per_element());
      BOOST_TEST((newcomer(story).found == row.found));
    }
  }
}

BOOST_AUTO_TEST_CASE(an_instance_nobody_announces) {
  const Story story = Taken({question().at(0ms), later(9s)}).story();
  BOOST_TEST(events(story) == (Names{"asked-in-vain"}), boost::test_tools::per_element());
  BOOST_TEST((newcomer(story).found == Found::no));
}

BOOST_AUTO_TEST_CASE(names_as_people_write_them) {
  Announcement dotted;
  dotted.ptr(type_name, "Dr. Pepper|_ipp._tcp.local")
      .srv("Dr. Pepper|_ipp._tcp.local", "h.local", "0277");
  const Taken taken({whole(), dotted, whole()});
  const auto number = [&](const std::string& text) {
    return choose(taken.auditor.census(), {text, {}, {}}).matches.size();
  };
  for (const char* text : {"Foo", "foo", "fo", "Foo._ipp", "foo._IPP._tcp", "Foo._ipp._tcp.local",
                           "Foo._ipp._tcp.local.", "Dr. Pepper", "dr. p", "Dr. Pepper._ipp._tcp",
                           "Dr\\. Pepper._ipp._tcp.local."}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(number(text) == 1u); }
  }
  for (const char* text : {"Fooo", "Bar", "", "Foo._http._tcp"}) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(number(text) == 0u); }
  }
  BOOST_TEST(choose(taken.auditor.census(), {"Fooo", {}, {}}).near.size() == 1u);
  BOOST_TEST(choose(taken.auditor.census(), {"DrPepper", {}, {}}).near.size() == 1u);
  BOOST_TEST(choose(taken.auditor.census(), {{}, "h", {}}).matches.size() == 1u);
  BOOST_TEST(choose(taken.auditor.census(), {{}, "10.77.0.1", {}}).matches.size() == 1u);
  BOOST_TEST(choose(taken.auditor.census(), {{}, "10.77.0.3", {}}).matches.empty());
  BOOST_TEST(choose(taken.auditor.census(), {{}, {}, "ipp"}).matches.size() == 1u);
}

BOOST_AUTO_TEST_CASE(series_of_names) {
  const std::string base = name(foo);
  const auto is_next = [&](const char* label) {
    return is_next_name(wire::NameView(base),
                        wire::NameView(name(std::string(label) + "|" + type_name)));
  };
  for (const char* label : {"Foo (2)", "foo-2", "Foo #12"}) BOOST_TEST(is_next(label), label);
  for (const char* label : {"Foo", "Foo (x)", "Foo ()", "Foo 2", "Food", "Foo-"}) {
    BOOST_TEST(!is_next(label), label);
  }
}

BOOST_AUTO_TEST_CASE(the_log_has_bounds) {
  PacketLog log(1000);
  for (int i = 0; i < 100; ++i) log.add(whole().packet());
  BOOST_TEST(log.dropped() > 0u);
  BOOST_TEST(log.by_time().size() + log.dropped() == 100u);
}

BOOST_AUTO_TEST_CASE(reasons_name_rules_that_exist) {
  for (const ReasonRow& row : reason_rows()) {
    BOOST_TEST_CONTEXT(row.id) {
      BOOST_TEST(
          (row.rule.empty() ? !row.reference.section.empty() : find_rule(row.rule) != nullptr));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
