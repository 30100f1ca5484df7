// Rows of one name as one service, differences of editions, and contradictions in one.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/registry_service.hpp"

#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

#include "csv_text.hpp"
#include "srvwarden/registry_diff.hpp"
#include "srvwarden/registry_verify.hpp"

namespace srvwarden {
static std::ostream& operator<<(std::ostream& out, TxtKeysStatus status) {
  return out << '"' << name_of(status) << '"';
}
}  // namespace srvwarden

using namespace srvwarden;

namespace {

Registry registry_of(std::string_view rows) {
  const auto import = read_registry(registry_tests::csv(rows));
  BOOST_TEST_REQUIRE(import.has_value());
  return Registry(import->table);
}

TxtKeys keys(TxtKeysStatus status, std::vector<TxtKey> listed = {}) {
  TxtKeys keys;
  keys.status = status;
  keys.keys = std::move(listed);
  return keys;
}

TxtKey key(std::string name, TxtKeyKind kind = TxtKeyKind::bare, std::string value = {}) {
  TxtKey key;
  key.key = std::move(name);
  key.kind = kind;
  key.value = std::move(value);
  return key;
}

/// "field where,where before>after; ..."
std::string text_of(const std::vector<RegistryChange>& changes) {
  std::string text;
  for (const RegistryChange& change : changes) {
    text += text.empty() ? "" : "; ";
    text.append(change.field).append(" ");
    for (const std::string& place : change.where) text += place + ' ';
    text += change.before + '>' + change.after;
  }
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(registry_services)

BOOST_AUTO_TEST_CASE(rows_of_a_name_become_one) {
  const Registry registry = registry_of(
      "hammer,50,udp,,,,2005-05-05,2006,[RFC2],,,\r\n"
      "other,9,tcp,Other,,,,,,,,\r\n"
      "Hammer,40-42,tcp,Hammer Time,,,2001-02,2010-01-01,[RFC1][RFC2],7,yes,\r\n"
      "hammer,40,dccp,Another title,,,,2009-01-01,[RFC1],8,,\r\n"
      "hammer,,,,,,,,,,,\r\n");
  const auto services = services_of(registry);
  BOOST_TEST_REQUIRE(services.size() == 2u);
  const RegistryService& hammer = services[0];
  BOOST_TEST(hammer.name == "hammer");
  using Transport = RegistryTransport;
  BOOST_TEST((hammer.transports ==
              std::vector<Transport>{Transport::tcp, Transport::udp, Transport::dccp}));
  BOOST_TEST(
      (hammer.ports == std::vector<PortRange>{{40, 40, true}, {40, 42, true}, {50, 50, true}}));
  BOOST_TEST(hammer.title == "Hammer Time");
  BOOST_TEST((hammer.registered == RegistryDate{2001, 2, 0}));
  BOOST_TEST((hammer.modified == RegistryDate{2010, 1, 1}));
  BOOST_TEST((hammer.references == std::vector<std::string_view>{"RFC2", "RFC1"}));
  BOOST_TEST(hammer.service_code == 7u);
  BOOST_TEST(hammer.unauthorized_use);
  BOOST_TEST(hammer.txt_keys.status == TxtKeysStatus::unstated);
  BOOST_TEST(services[1].name == "other");
}

BOOST_AUTO_TEST_CASE(the_status_that_matters_most_stays) {
  const Registry registry = registry_of(
      "forge,1,tcp,De-registered,,,,,,,,\r\nforge,1,udp,Forge,,,,,,,,\r\n"
      "anvil_set,2,tcp,Anvil,,,,,,,,\r\n"
      "anvil_set,2,udp,Anvil,,,,,,,,\"This entry is an alias to \"\"anvil-set\"\".\n"
      "This entry is now historic.\"\r\n"
      "anvil-set,2,udp,Anvil,,,,,,,,\r\n");
  BOOST_TEST(service_of(registry.find("forge")).status == RegistryStatus::assigned);
  BOOST_TEST(service_of(registry.find("anvil_set")).status == RegistryStatus::historic_alias);
  BOOST_TEST(service_of(registry.find("anvil_set")).replacement == "anvil-set");
}

BOOST_AUTO_TEST_CASE(definitions_of_txt_keys_merge_with_care) {
  using Status = TxtKeysStatus;
  const TxtKeys one = keys(Status::closed, {key("a"), key("b", TxtKeyKind::literal, "1")});
  const TxtKeys two = keys(Status::closed, {key("B", TxtKeyKind::literal, "2"), key("c")});
  BOOST_TEST((merge(one, one) == one));
  BOOST_TEST((merge(one, {}) == one));
  BOOST_TEST((merge({}, one) == one));
  BOOST_TEST((merge(keys(Status::opaque), keys(Status::prose)) == keys(Status::opaque)));
  BOOST_TEST((merge(keys(Status::none), one) == keys(Status::open, one.keys)));
  BOOST_TEST((merge(one, two) == keys(Status::open, {key("a"), key("b"), key("c")})));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(registry_differences)

BOOST_AUTO_TEST_CASE(names_come_and_go) {
  const Registry before = registry_of("a,1,tcp,A,,,,,,,,\r\nB,2,tcp,B,,,,,,,,\r\n");
  const Registry after =
      registry_of("b,2,tcp,B,,,,,,,,\r\nz,3,tcp,,,,,,,,,\r\nC,4,tcp,,,,,,,,,\r\n");
  const RegistryDiff diff = compare(before, after);
  BOOST_TEST((diff.added == std::vector<std::string_view>{"C", "z"}));
  BOOST_TEST((diff.removed == std::vector<std::string_view>{"a"}));
  BOOST_TEST_REQUIRE(diff.changed.size() == 1u);
  BOOST_TEST(text_of(diff.changed[0].changes) == "name 2/tcp B>b");
  BOOST_TEST(!diff.empty());
}

BOOST_AUTO_TEST_CASE(facts_change_row_by_row) {
  struct Row {
    std::string_view before, after, changes;
  };
  const Row rows[] = {
      {"a,1,tcp,A,,,,,,,,\r\na,1,udp,A,,,,,,,,\r\n", "a,1,udp,A,,,,,,,,\r\na,1,tcp,A,,,,,,,,\r\n",
       ""},
      {"a,1,tcp,A,,,,,,,,\r\na,1,udp,A,,,,,,,,\r\n", "a,1,tcp,B,,,,,,,,\r\na,1,udp,B,,,,,,,,\r\n",
       "title 1/tcp 1/udp A>B"},
      {"a,1,tcp,A,,,,,,,,\r\n", "a,2,tcp,A,,,,,,,,\r\n",
       "row 1/tcp assigned: A>; row 2/tcp >assigned: A"},
      {"a,,,A,,,,,,,,\r\n", "a,,,A,[B],[C],2001-02,2002-03-04,[RFC1],5,yes,\r\n",
       "assignee - >[B]; contact - >[C]; registered - >2001-02; modified - >2002-03-04; "
       "references - >[RFC1]; unauthorized - >yes; code - >5"},
      // The same row twice: each has its counterpart.
      {"a,1,tcp,A,,,,,,,,\r\na,1,tcp,B,,,,,,,,\r\n", "a,1,tcp,A,,,,,,,,\r\na,1,tcp,C,,,,,,,,\r\n",
       "title 1/tcp B>C"},
      {"a,1,tcp,A,,,,,,,,\r\na,1,tcp,B,,,,,,,,\r\n", "a,1,tcp,A,,,,,,,,\r\n",
       "row 1/tcp assigned: B>"},
      {",1-5,,Unassigned,,,,,,,,\r\n", ",1-4,,Unassigned,,,,,,,,\r\n",
       "row 1-4 >unassigned; row 1-5 unassigned>"},
      {",1,udp,Unassigned,,,,,,,,\r\n", ",1,udp,Reserved,,,,,,,,\r\n",
       "status 1/udp unassigned>reserved"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.before << " -> " << row.after) {
      const Registry before = registry_of(row.before);
      const Registry after = registry_of(row.after);
      const RegistryDiff diff = compare(before, after);
      BOOST_TEST(diff.added.empty());
      BOOST_TEST(diff.removed.empty());
      BOOST_TEST(diff.empty() == row.changes.empty());
      std::vector<RegistryChange> changes = diff.ports;
      if (!diff.changed.empty()) changes = diff.changed[0].changes;
      BOOST_TEST(text_of(changes) == row.changes);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(registry_contradictions)

BOOST_AUTO_TEST_CASE(rows_are_held_against_each_other) {
  const std::string alias =
      "\"This entry is an alias to \"\"b\"\".\nThis entry is now historic.\"\r\n";
  struct Row {
    std::string rows, found;
  };
  const Row rows[] = {
      {"a,1,tcp,,,,,,,,,\r\nb,1,tcp,,,,,,,,,\r\n", "shared-port b 1/tcp a 1/tcp"},
      {"a,1,tcp,,,,,,,,,\r\nb,1,udp,,,,,,,,,\r\n", ""},
      {"a,1,tcp,,,,,,,,,\r\nb,1,,,,,,,,,,\r\n", "shared-port b 1 a 1/tcp"},
      {"a,1,tcp,,,,,,,,," + alias + "b,1,tcp,,,,,,,,,\r\n", ""},
      {"a,1,tcp,,,,,,,,,\r\nA,1,tcp,,,,,,,,,\r\n", ""},  // a duplicate row: reading tells
      {"a,5-9,tcp,,,,,,,,,\r\nb,9,tcp,,,,,,,,,\r\n", "overlapping-ports b 9/tcp a 5-9/tcp"},
      {"a,5-9,tcp,,,,,,,,,\r\nb,10,tcp,,,,,,,,,\r\n", ""},
      {"a,7,tcp,,,,,,,,,\r\n,5-9,,Unassigned,,,,,,,,\r\n", "overlapping-ports a 7/tcp  5-9"},
      {"a,,,,,,,,,,," + alias +
           "b,,,,,,,,,,,\"This entry is an alias to \"\"c\"\".\n"
           "This entry is now historic.\"\r\nc,,,,,,,,,,,\r\n",
       "chained-replacement a - b -"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.rows) {
      const Registry registry = registry_of(row.rows);
      std::string found;
      for (const RegistryContradiction& one : contradictions_of(registry)) {
        found += found.empty() ? "" : "; ";
        found.append(name_of(one.doubt)).append(" ").append(one.row.name).append(" ");
        found.append(row_place(one.row)).append(" ").append(one.other.name).append(" ");
        found.append(row_place(one.other));
      }
      BOOST_TEST(found == row.found);
    }
  }
}

BOOST_AUTO_TEST_CASE(every_issue_and_doubt_has_its_own_words) {
  std::set<std::string_view> names;
  std::set<std::string_view> sentences;
  std::size_t count = 0;
  const auto add = [&](std::string_view name, std::string_view sentence) {
    BOOST_TEST(!name.empty());
    BOOST_TEST(!sentence.empty());
    BOOST_TEST(!sentence.ends_with('.'));
    names.insert(name);
    sentences.insert(sentence);
    ++count;
  };
  for (unsigned i = 0; i <= static_cast<unsigned>(RegistryIssue::prose_left_out); ++i) {
    const auto issue = static_cast<RegistryIssue>(i);
    add(name_of(issue), sentence_of(issue));
  }
  for (unsigned i = 0; i <= static_cast<unsigned>(RegistryDoubt::prose_txt_keys); ++i) {
    const auto doubt = static_cast<RegistryDoubt>(i);
    add(name_of(doubt), sentence_of(doubt));
  }
  BOOST_TEST(names.size() == count);
  BOOST_TEST(sentences.size() == count);
}

BOOST_AUTO_TEST_SUITE_END()
