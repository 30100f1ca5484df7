// Tests of the watch of the link: what it tells, how often, and that it forgets what it must.
// SPDX-License-Identifier: Apache-2.0
#include "watch/link_watch.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "census/announcement.hpp"
#include "core/concat.hpp"
#include "health_probing.hpp"
#include "history/store.hpp"
#include "srvwarden/registry.hpp"
#include "temporary_folder.hpp"

using namespace srvwarden;
using namespace srvwarden::daemon;
using namespace std::chrono_literals;

namespace {

/// A watch that listens to nobody but the test.
struct Bench {
  asio::io_context context;
  std::vector<std::string> told;  ///< "EVENT MESSAGE"
  Log log{[this](const LogEntry& entry) {
    told.push_back(std::string(entry.event) + ' ' + entry.message);
  }};
  link::Listener listener{context};
  tests::TemporaryFolder folder;
  WatchSettings settings{.interfaces = {},
                         .active = false,
                         .database = folder / "h.db",
                         .policy = {},
                         .baseline = {},
                         .webhook = {},
                         .interval = 10ms};

  LinkWatch watch(const WatchBounds& bounds = {}) {
    return {context, log, listener, Registry::builtin(), settings, bounds};
  }

  std::size_t count(std::string_view event, std::string_view part) const {
    return static_cast<std::size_t>(std::ranges::count_if(told, [&](const std::string& line) {
      return line.starts_with(event) && line.find(part) != line.npos;
    }));
  }
  bool turn_until_told(std::string_view event, std::string_view part) {
    return turn_until(context, [&] { return count(event, part) > 0; });
  }
};

/// Announced now, as the kernel would date it.
test::Announcement announced(const std::string& label, std::string_view port,
                             std::uint32_t ttl = 4500) {
  const std::string name = label + "._http._tcp.local";
  test::Announcement out;
  out.ptr("_http._tcp.local", name, ttl).srv(name, "h.local", port, ttl).txt(name, "00", ttl);
  out.at(std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::system_clock::now().time_since_epoch()));
  return out;
}

void say(LinkWatch& watch, const test::Announcement& announcement) {
  watch.hear(announcement.packet());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(watch_link)

BOOST_AUTO_TEST_CASE(changes_and_findings_are_told_once) {
  Bench bench;
  LinkWatch watch = bench.watch();
  watch.start();
  BOOST_TEST(turn_until(bench.context, [&] { return watch.counts().written == 1; }));  // the first
  say(watch, announced("A", "0050"));
  say(watch, announced("x-\xFF", "0050"));
  BOOST_TEST(bench.turn_until_told("link-change", "A._http._tcp.local.: new"));
  BOOST_TEST(bench.turn_until_told("link-finding", "[IN003]"));
  bench.context.run_for(100ms);
  BOOST_TEST(bench.count("link-change", "A._http") == 1U);
  BOOST_TEST(bench.count("link-finding", "[IN003]") == 1U);
  const WatchCounts counts = watch.counts();
  BOOST_TEST(counts.instances == 2U);
  BOOST_TEST(counts.packets == 2U);
  BOOST_TEST(counts.findings.at({"IN003", "error"}) == 1U);
  say(watch, announced("A", "0050", 0));
  BOOST_TEST(bench.turn_until_told("link-change", "A._http._tcp.local.: gone"));
  BOOST_TEST(watch.stop());
  auto store = history::Store::open_to_read(bench.folder / "h.db");
  BOOST_TEST_REQUIRE(store.has_value());
  std::size_t changes = 0;
  BOOST_TEST(store->changes({}, [&](const history::Event& event) {
    changes += event.kind == history::EventKind::change ? 1 : 0;
  }) == "");
  BOOST_TEST(changes == 3U);
}

BOOST_AUTO_TEST_CASE(a_restart_is_no_change_and_silence_is_one_once_it_is_known) {
  Bench bench;
  for (const bool settles : {false, true}) {
    bench.told.clear();
    WatchBounds bounds;
    if (settles) bounds.settled_when_passive = 50ms;
    LinkWatch watch = bench.watch(bounds);
    watch.start();
    if (!settles) say(watch, announced("A", "0050"));
    BOOST_TEST(turn_until(bench.context, [&] { return watch.counts().written > 0; }));
    BOOST_TEST(watch.counts().instances == 1U);
    BOOST_TEST(bench.count("link-change", "") == 0U);
    if (settles) BOOST_TEST(bench.turn_until_told("link-change", "A._http._tcp.local.: gone"));
    BOOST_TEST(watch.stop());
  }
}

BOOST_AUTO_TEST_CASE(a_flood_is_forgotten_again) {
  Bench bench;
  bench.settings.database.clear();
  WatchBounds bounds;
  bounds.records.records = 30;
  bounds.overlap = 50ms;
  LinkWatch watch = bench.watch(bounds);
  watch.start();
  for (int i = 0; i < 100; ++i) say(watch, announced(concat({"F", std::to_string(i)}), "0050"));
  BOOST_TEST(bench.turn_until_told("watch", "more records than there is room for"));
  say(watch, announced("late", "0050"));
  const bool heard = turn_until(bench.context, [&] {
    say(watch, announced("late", "0050"));
    return bench.count("link-change", "late._http._tcp.local.: new") > 0;
  });
  BOOST_TEST(heard);
  BOOST_TEST(watch.counts().records_dropped == 0U);
  BOOST_TEST(watch.stop());
}

BOOST_AUTO_TEST_CASE(other_interfaces_are_not_watched) {
  Bench bench;
  bench.settings.interfaces = {"eth1"};
  bench.settings.database.clear();
  LinkWatch watch = bench.watch();
  watch.start();
  say(watch, announced("A", "0050").on(2, "eth0"));
  say(watch, announced("B", "0050").on(3, "eth1"));
  BOOST_TEST(watch.counts().packets == 1U);
  BOOST_TEST(watch.stop());
}

BOOST_AUTO_TEST_SUITE_END()
