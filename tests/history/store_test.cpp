// Tests of the history: what comes back, what happened, and files that cannot be used.
// SPDX-License-Identifier: Apache-2.0
#include "history/store.hpp"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "core/concat.hpp"
#include "history/database.hpp"
#include "history/hostile.hpp"
#include "history/migrate.hpp"
#include "temporary_folder.hpp"

using namespace srvwarden;
using namespace srvwarden::history;
using namespace std::chrono_literals;
using tests::TemporaryFolder;

namespace {

const std::vector<RecordedInput> eth0 = {{"eth0", false, 7}};

rules::SeenInstance web(std::string_view label, std::uint16_t port = 80) {
  rules::SeenInstance one;
  one.name = std::string(label) + "._http._tcp.local.";
  one.services = {{"h.local.", {0, 0, port}}};
  one.txt = {"a=1"};
  return one;
}

AuditRecord record(std::chrono::seconds time, std::vector<rules::SeenInstance> instances,
                   std::vector<std::string> problems = {}) {
  AuditRecord out{wire::Time(time), eth0, {}, {}};
  for (rules::SeenInstance& one : instances) put(out.snapshot, std::move(one));
  for (const std::string& object : problems) {
    out.findings.push_back({"SN003", "error", object, "words", 1});
  }
  return out;
}

void append(Store& store, const AuditRecord& one) { BOOST_TEST(store.append(one, one.time) == ""); }

/// "10 moved A._http._tcp.local." of everything that a query gives.
std::vector<std::string> told(Store& store, const ChangesQuery& query = {}) {
  std::vector<std::string> out;
  const std::string trouble = store.changes(query, [&](const Event& event) {
    const auto time = std::chrono::floor<std::chrono::seconds>(event.time).time_since_epoch();
    std::string line = std::to_string(time.count()) + ' ';
    switch (event.kind) {
      case EventKind::began:
        line += "began " + std::to_string(event.instances);
        break;
      case EventKind::change:
        line += std::string(name_of(event.change.kind)) + ' ' + event.change.name;
        break;
      case EventKind::appeared:
        line += "+ " + event.finding.object;
        break;
      case EventKind::vanished:
        line += "- " + event.finding.object;
        break;
    }
    out.push_back(std::move(line));
  });
  BOOST_TEST(trouble == "");
  return out;
}

using Lines = std::vector<std::string>;

Store opened(const std::string& path, const StoreOptions& options = {}) {
  auto store = Store::open(path, options);
  BOOST_TEST_REQUIRE(store.has_value(), (store ? "" : store.error()));
  return *std::move(store);
}

std::string trouble_of(const std::string& path, bool to_read = false) {
  const auto store =
      to_read ? Store::open_to_read(path, {.busy = 10ms}) : Store::open(path, {.busy = 10ms});
  return store ? "" : store.error();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(store)

BOOST_AUTO_TEST_CASE(hostile_names_come_back_as_they_were) {
  const TemporaryFolder folder;
  Store store = opened(folder / "h.db");
  AuditRecord one{wire::Time(1s),
                  {{"'; DROP TABLE audit; --\xFF", true, 1}},
                  test::hostile_link(),
                  {{"SN003", "error", "'\"", "');", 1}}};
  append(store, one);
  append(store, one);
  const auto last = store.last(one.inputs);
  BOOST_TEST_REQUIRE(last.has_value());
  BOOST_TEST_REQUIRE(last->has_value());
  BOOST_TEST((**last == one.snapshot));
  BOOST_TEST(told(store) == (Lines{"1 began 8"}), boost::test_tools::per_element());
  BOOST_TEST(!store.last(eth0)->has_value());
}

BOOST_AUTO_TEST_CASE(tells_what_happened) {
  const TemporaryFolder folder;
  Store store = opened(folder / "h.db");
  append(store, record(10s, {web("A"), web("B")}, {"x"}));
  append(store, record(20s, {web("A", 81), web("B"), web("C")}, {"x", "y"}));
  append(store, record(30s, {web("A", 81), web("C")}, {"y"}));
  append(store, record(40s, {web("a", 81), web("B"), web("C")}, {"y"}));
  const Lines all = {
      "10 began 2",
      "20 moved A._http._tcp.local.",
      "20 new C._http._tcp.local.",
      "20 + y",
      "30 gone B._http._tcp.local.",
      "30 - x",
      "40 back B._http._tcp.local.",
  };
  BOOST_TEST(told(store) == all, boost::test_tools::per_element());
  const auto from = [](std::chrono::seconds since, std::chrono::seconds until) {
    return ChangesQuery{
        .since = wire::Time(since), .until = wire::Time(until), .type = {}, .instance = {}};
  };
  BOOST_TEST(told(store, from(30s, 30s)) == (Lines{"30 gone B._http._tcp.local.", "30 - x"}),
             boost::test_tools::per_element());
  BOOST_TEST(told(store, from(31s, 39s)).empty());
  BOOST_TEST(told(store, from(40s, 50s)) == (Lines{"40 back B._http._tcp.local."}),
             boost::test_tools::per_element());
  BOOST_TEST(told(store, {.since = {}, .until = {}, .type = "_HTTP._tcp", .instance = "c"}) ==
                 (Lines{"10 began 2", "20 new C._http._tcp.local."}),
             boost::test_tools::per_element());
  BOOST_TEST(told(store, {.since = {}, .until = {}, .type = "_ipp*", .instance = {}}).size() == 1U);
}

BOOST_AUTO_TEST_CASE(only_audits_of_the_same_inputs_are_compared) {
  const TemporaryFolder folder;
  Store store = opened(folder / "h.db");
  append(store, record(10s, {web("A")}));
  AuditRecord other = record(20s, {web("B")});
  other.inputs = {{"eth1", false, 0}};
  append(store, other);
  append(store, record(30s, {web("A")}));
  BOOST_TEST(told(store) == (Lines{"10 began 1", "20 began 1"}), boost::test_tools::per_element());
  BOOST_TEST(scope_of({{"b", false, 0}, {"a", false, 1}}) ==
             scope_of({{"a", false, 2}, {"b", false, 3}}));
}

BOOST_AUTO_TEST_CASE(what_is_recorded_later_may_have_been_earlier) {
  const TemporaryFolder folder;
  Store store = opened(folder / "h.db");
  append(store, record(20s, {web("A"), web("B")}));
  append(store, record(10s, {web("A")}));
  BOOST_TEST(told(store) == (Lines{"10 began 1", "20 new B._http._tcp.local."}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(old_audits_are_forgotten) {
  const TemporaryFolder folder;
  Store store = opened(folder / "h.db");
  append(store, record(10s, {web("A")}, {"x"}));
  append(store, record(20s, {web("B")}));
  BOOST_TEST(store.append(record(30s, {web("B")}), wire::Time(30s), 10s) == "");
  BOOST_TEST(told(store) == (Lines{"20 began 1"}), boost::test_tools::per_element());
  BOOST_TEST(store.append(record(31s, {web("B")}), wire::Time(31s), 10s) == "");
  BOOST_TEST(told(store) == (Lines{"30 began 1"}), boost::test_tools::per_element());
  Database database(folder / "h.db", Database::Mode::read, 10ms);
  BOOST_TEST(database.number("SELECT count(*) FROM instance") == 1);
  BOOST_TEST(database.number("SELECT count(*) FROM state") == 1);
  BOOST_TEST(database.number("SELECT count(*) FROM problem") == 0);
  BOOST_TEST(database.number("SELECT count(*) FROM input") == 2);
}

BOOST_AUTO_TEST_CASE(states_that_stay_are_kept_once) {
  const TemporaryFolder folder;
  Store store = opened(folder / "h.db");
  for (int i = 0; i < 50; ++i) {
    append(store, record(std::chrono::seconds(i), {web("A"), web("B", i < 25 ? 80 : 81)}, {"x"}));
  }
  Database database(folder / "h.db", Database::Mode::read, 10ms);
  BOOST_TEST(database.number("SELECT count(*) FROM state") == 3);
  BOOST_TEST(database.number("SELECT count(*) FROM problem") == 1);
  BOOST_TEST(database.number("SELECT count(*) FROM announced") == 100);
}

BOOST_AUTO_TEST_CASE(the_size_has_a_bound) {
  const TemporaryFolder folder;
  constexpr std::uint64_t max_size = 1 << 20;
  Store store = opened(folder / "h.db", {.max_size = max_size});
  for (int i = 0; i < 60; ++i) {
    std::vector<rules::SeenInstance> instances;
    for (int j = 0; j < 100; ++j) {
      rules::SeenInstance one = web(concat({"I", std::to_string(j)}));
      one.txt = {std::to_string(i) + std::string(240, 'x')};
      instances.push_back(std::move(one));
    }
    append(store, record(std::chrono::seconds(i), std::move(instances)));
  }
  store = Store();
  BOOST_TEST(std::filesystem::file_size(folder / "h.db") <= max_size + max_size / 4);
  store = opened(folder / "h.db");
  const Lines lines = told(store);
  BOOST_TEST_REQUIRE(!lines.empty());
  BOOST_TEST(lines.back().starts_with("59 txt I99"));  // the latest are there
}

BOOST_AUTO_TEST_CASE(one_audit_that_is_too_large_changes_nothing) {
  const TemporaryFolder folder;
  Store store = opened(folder / "h.db", {.max_size = 1});  // bounded by 1 MiB
  append(store, record(1s, {web("A")}));
  std::vector<rules::SeenInstance> instances;
  for (int j = 0; j < 3000; ++j) {
    rules::SeenInstance one = web(concat({"I", std::to_string(j)}));
    one.txt.assign(3, std::string(250, 'x'));
    instances.push_back(std::move(one));
  }
  const AuditRecord large = record(2s, std::move(instances));
  BOOST_TEST(store.append(large, large.time).find("room") != std::string::npos);
  BOOST_TEST(told(store) == (Lines{"1 began 1"}), boost::test_tools::per_element());
  append(store, record(3s, {web("B")}));
}

BOOST_AUTO_TEST_CASE(files_that_are_not_ours_stay_as_they_are) {
  const TemporaryFolder folder;
  const std::string text = folder / "text";
  std::ofstream(text) << std::string(5000, 'x');
  BOOST_TEST(trouble_of(text) == "it is no SQLite database");
  {
    Database foreign(folder / "foreign", Database::Mode::write, 10ms);
    foreign.run("CREATE TABLE audit (a)");
  }
  BOOST_TEST(trouble_of(folder / "foreign") == "it is another program's database");
  BOOST_TEST(trouble_of(folder / "foreign", true) == "it is another program's database");
  BOOST_TEST(trouble_of(folder / "missing", true) != "");
  BOOST_TEST(!std::filesystem::exists(folder / "missing"));
  BOOST_TEST(trouble_of(folder / "no/where") != "");
  BOOST_TEST(trouble_of(folder.path().string()) != "");
  std::ofstream(folder / "empty").close();
  BOOST_TEST(trouble_of(folder / "empty", true) == "there is no audit in it yet");
  BOOST_TEST(trouble_of(folder / "empty") == "");
  {
    Database newer(folder / "empty", Database::Mode::write, 10ms);
    newer.run("PRAGMA user_version = 2");
  }
  BOOST_TEST(trouble_of(folder / "empty").starts_with("it was made by a newer srvwarden"));
}

BOOST_AUTO_TEST_CASE(damage_and_locks_are_told) {
  const TemporaryFolder folder;
  const std::string path = folder / "h.db";
  {
    Store store = opened(path, {.busy = 10ms});
    append(store, record(1s, {web("A")}));
    Database other(path, Database::Mode::write, 10ms);
    other.run("BEGIN IMMEDIATE");
    BOOST_TEST(store.append(record(2s, {web("B")}), wire::Time(2s)) ==
               "another program has locked it");
    BOOST_TEST(told(store) == (Lines{"1 began 1"}), boost::test_tools::per_element());
    other.run("COMMIT");
    other.run("UPDATE state SET content = '{}'");
    BOOST_TEST(store.last(eth0).error().starts_with("it is damaged"));
  }
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    file << std::string(8192, '\xA5');
  }
  const auto store = Store::open(path);
  const std::string trouble =
      store ? const_cast<Store&>(*store).append(record(3s, {web("C")}), wire::Time(3s))
            : store.error();
  BOOST_TEST(trouble.starts_with("it is damaged"), trouble);
}

BOOST_AUTO_TEST_CASE(files_that_cannot_be_written_to_can_be_read) {
  const TemporaryFolder folder;
  const std::string path = folder / "h.db";
  {
    Store store = opened(path);
    append(store, record(1s, {web("A")}));
  }
  using std::filesystem::perms;
  std::filesystem::permissions(path, perms(0444));
  std::filesystem::permissions(folder.path(), perms(0555));
  if (::access(path.c_str(), W_OK) != 0) {  // not for root, who may do everything
    BOOST_TEST(trouble_of(path) == "it cannot be written to");
  }
  auto store = Store::open_to_read(path);
  BOOST_TEST_REQUIRE(store.has_value(), (store ? "" : store.error()));
  BOOST_TEST(told(*store) == (Lines{"1 began 1"}), boost::test_tools::per_element());
  std::filesystem::permissions(folder.path(), perms(0755));
}

BOOST_AUTO_TEST_CASE(steps_that_are_missing_are_taken_all_or_none) {
  const TemporaryFolder folder;
  const std::string path = folder / "h.db";
  constexpr std::string_view first[] = {"CREATE TABLE a (x)"};
  constexpr std::string_view both[] = {"CREATE TABLE a (x)", "ALTER TABLE a ADD COLUMN y"};
  constexpr std::string_view wrong[] = {first[0], both[1], "CREATE TABLE b (x); NONSENSE"};
  Database database(path, Database::Mode::write, 10ms);
  migrate(database, first);
  BOOST_TEST(database.number("PRAGMA user_version") == 1);
  BOOST_CHECK_THROW(expect_current(database, both), DatabaseFault);
  database.run("INSERT INTO a VALUES (7)");
  migrate(database, both);
  migrate(database, both);
  expect_current(database, both);
  BOOST_TEST(database.number("SELECT x FROM a WHERE y IS NULL") == 7);
  BOOST_CHECK_THROW(migrate(database, wrong), DatabaseFault);
  BOOST_TEST(database.number("PRAGMA user_version") == 2);
  BOOST_TEST(database.number("SELECT count(*) FROM sqlite_schema WHERE name = 'b'") == 0);
  BOOST_CHECK_THROW(migrate(database, first), DatabaseFault);
}

BOOST_AUTO_TEST_SUITE_END()
