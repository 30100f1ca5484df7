// Tests of snapshots: what is compared, and what is not; and the texts of octets and patterns.
// SPDX-License-Identifier: Apache-2.0
#include "rules/snapshot.hpp"

#include <boost/test/unit_test.hpp>

#include "rules/glob.hpp"
#include "rules/link_states.hpp"
#include "rules/octets_text.hpp"
#include "rules/snapshot_changes.hpp"

using namespace srvwarden;
using namespace srvwarden::rules;

namespace {

std::string changes(const SeenInstance& before, const SeenInstance& now) {
  Snapshot a;
  Snapshot b;
  put(a, before);
  put(b, now);
  std::string out;
  for (const Change& change : changes_between(a, b)) {
    out.append(out.empty() ? "" : " | ").append(name_of(change.kind)).append(" ");
    out.append(described(change.fields));
  }
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(snapshots)

BOOST_AUTO_TEST_CASE(what_is_a_change) {
  const SeenInstance web = test::seen("W._http._tcp.local. h.local. 80 10.0.0.1 a=1 b");
  struct Row {
    std::string now;
    std::string changes;
  };
  const Row rows[] = {
      {"W._http._tcp.local. h.local. 80 10.0.0.1 a=1 b", ""},
      {"w._HTTP._tcp.local. H.local. 80 10.0.0.1 b A=1 a=3", ""},
      {"W._http._tcp.local. g.local. 80 10.0.0.1 a=1 b", "moved host h.local. -> g.local."},
      {"W._http._tcp.local. h.local. 81 10.0.0.2 a=1 b",
       "moved port 80 -> 81 | addresses address 10.0.0.1 removed; address 10.0.0.2 added"},
      {"W._http._tcp.local. h.local. 80 10.0.0.1 a=2 c=\\",
       "txt txt \"a=1\" -> \"a=2\"; txt \"b\" removed; txt \"c=\\\\\" added"},
      {"W._http._tcp.local. h.local. 80 10.0.0.1 a=1 b=", "txt txt \"b\" -> \"b=\""},
      {"W._http._tcp.local. h.local. 80 10.0.0.1 a=1 b +_p", "subtypes subtype _p added"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.now) { BOOST_TEST(changes(web, test::seen(row.now)) == row.changes); }
  }
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_no_change) {
  const SeenInstance whole = test::seen("W._http._tcp.local. h.local. 80 10.0.0.1 a=1");
  const SeenInstance bare{.name = whole.name};
  BOOST_TEST(changes(whole, bare) == "");
  BOOST_TEST(changes(bare, whole) == "");
}

BOOST_AUTO_TEST_CASE(several_services) {
  SeenInstance two = test::seen("W._http._tcp.local. h.local. 80 10.0.0.1");
  two.services.push_back({"g.local.", {1, 0, 80}});
  SeenInstance other = two;
  std::swap(other.services[0], other.services[1]);
  BOOST_TEST(changes(two, other) == "");
  other.services[0].fields.weight = 7;
  BOOST_TEST(changes(two, other) ==
             "moved service g.local. port 80 priority 1 removed; "
             "service g.local. port 80 priority 1 weight 7 added");
}

BOOST_AUTO_TEST_CASE(coming_and_going) {
  Snapshot empty;
  Snapshot full;
  put(full, test::seen("W._http._tcp.local. h.local. 80 10.0.0.1"));
  const auto kind = [](const Snapshot& a, const Snapshot& b, bool absence = true) {
    const auto all = changes_between(a, b, absence);
    return all.size() == 1 ? std::string(name_of(all[0].kind)) : std::to_string(all.size());
  };
  BOOST_TEST(kind(empty, full) == "new");
  BOOST_TEST(kind(full, empty) == "gone");
  BOOST_TEST(kind(full, empty, false) == "0");
  Snapshot remembered;
  remember(remembered, full);
  BOOST_TEST_REQUIRE(remembered.size() == 1U);
  BOOST_TEST(kind(remembered, full) == "back");
  BOOST_TEST(kind(remembered, empty) == "0");
  BOOST_TEST(kind(full, remembered, false) == "gone");  // it said goodbye
  Snapshot no_room;
  remember(no_room, full, 0);
  BOOST_TEST(no_room.empty());
  remember(no_room, full, 1);
  BOOST_TEST(no_room.size() == 1U);
}

BOOST_AUTO_TEST_CASE(many_changes_are_cut_in_words) {
  std::vector<FieldChange> fields(12, {"txt", "a", {}});
  BOOST_TEST(described(fields).find("more") == std::string::npos);
  fields.push_back({"txt", "a", {}});
  BOOST_TEST(described(fields).ends_with("; and 1 more"));
}

BOOST_AUTO_TEST_CASE(parts_of_names) {
  struct Row {
    std::string name, label, type;
  };
  const Row rows[] = {
      {"Foo._http._tcp.local.", "Foo", "_http._tcp"},
      {"Dr\\. Who._http._tcp.local.", "Dr. Who", "_http._tcp"},
      {"a\\000\\255'\";._http._tcp.local.", std::string("a\0\xFF'\";", 6), "_http._tcp"},
      {"_http._tcp.local.", "_http", "_tcp.local"},
      {"local.", "", ""},
      {"a..local.", "", ""},
      {"a\\256._http._tcp.local.", "", ""},
      {std::string(64, 'x') + "._http._tcp.local.", "", ""},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.name) {
      const auto parts = parts_of_name(row.name);
      BOOST_TEST(parts.has_value() == !row.type.empty());
      if (parts) BOOST_TEST(parts->label == row.label);
      if (parts) BOOST_TEST(parts->type == row.type);
    }
  }
}

BOOST_AUTO_TEST_CASE(octets_survive_as_text) {
  struct Row {
    std::string octets, text, message;
  };
  const Row rows[] = {
      {"", "", ""},
      {"a.b", "a.b", "a.b"},
      {"\\", "\\\\", "\\"},
      {".\\.", ".\\\\.", ".\\."},
      {std::string("\0\x1B\xFF\n", 4), "\\000\\027\\255\\010", "\\000\\027\\255\\010"},
      {"\xC3\xA4'\"", "\xC3\xA4'\"", "\xC3\xA4'\""},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text) {
      BOOST_TEST(octets_text(row.octets) == row.text);
      BOOST_TEST(message_text(row.octets) == row.message);
      BOOST_TEST(octets_of_text(row.text).value() == row.octets);
    }
  }
  std::string all;
  for (int octet = 0; octet < 256; ++octet) all += static_cast<char>(octet);
  BOOST_TEST(octets_of_text(octets_text(all)).value() == all);
  for (const char* wrong : {"\\", "\\1", "\\25", "\\256"}) BOOST_TEST(!octets_of_text(wrong));
}

BOOST_AUTO_TEST_CASE(patterns) {
  struct Row {
    std::string pattern, text;
    bool fits;
  };
  const Row rows[] = {
      {"", "x", true},       {"a", "A", true},          {"a", "ab", false},
      {"*", "", true},       {"?", "", false},          {"?", "\xC3\xA4", true},
      {"?", "\xFF", true},   {"??", "\xC3\xA4", false}, {"a*c", "abbc", true},
      {"a*c", "abb", false}, {"*b*", "abc", true},      {"\\*", "*", true},
      {"\\*", "x", false},   {"a**", "a", true},        {"\\", "\\", true},
      {"*\\?", "a?", true},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.pattern << " " << row.text) {
      BOOST_TEST(is_like(row.pattern, row.text) == row.fits);
    }
  }
  std::string hard;
  for (int i = 0; i < 60; ++i) hard += "*a";
  BOOST_TEST(!is_like(hard + "b", std::string(250, 'a')));
}

BOOST_AUTO_TEST_SUITE_END()
