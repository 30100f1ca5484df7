// Log lines: one line, whatever is in it.
// SPDX-License-Identifier: Apache-2.0
#include "log.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "log_output.hpp"

namespace {

using namespace srvwarden::daemon;

const LogEntry hostile{Level::error, "refused", "a\nb\x1b[31m\xff", {{"key", "c\rd\xff"}}};

bool is_one_plain_line(const std::string& line) {
  for (const char c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return false;
  }
  return true;
}

/// A log with a clock that stands until it is moved, and what it wrote: "event" or "event count".
struct Written {
  explicit Written(Level level, LogRate rate)
      : log(
            [this](const LogEntry& entry) {
              std::string line(entry.event);
              for (const LogField& field : entry.fields) {
                if (!field.value.empty()) line += ' ' + field.value;
              }
              lines.push_back(line);
              levels.push_back(entry.level);
            },
            level, rate, [this] { return now; }) {}

  void write(int times, std::string_view event, Level level = Level::info) {
    for (int i = 0; i < times; ++i) log(level, event, "words");
  }
  std::vector<std::string> take() { return std::exchange(lines, {}); }

  LogLimiter::Time now{std::chrono::hours(1)};
  std::vector<std::string> lines;
  std::vector<Level> levels;
  Log log;
};

using Lines = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_CASE(writes_hostile_text_as_one_line) {
  const std::string text = text_line(hostile);
  BOOST_TEST(is_one_plain_line(text));
  BOOST_TEST(text.starts_with("srvwardend: error: "));
  const std::string json = json_line(hostile, 0);
  BOOST_TEST(is_one_plain_line(json));
  BOOST_TEST(nlohmann::json::accept(json));
}

BOOST_AUTO_TEST_CASE(writes_json_with_time_and_fields) {
  const auto line = nlohmann::json::parse(
      json_line({Level::info, "verified", "words", {{"interface", "eth0"}}}, 1'795'262'400'007));
  BOOST_TEST(line["time"] == "2026-11-21T12:00:00.007Z");
  BOOST_TEST(line["level"] == "info");
  BOOST_TEST(line["event"] == "verified");
  BOOST_TEST(line["message"] == "words");
  BOOST_TEST(line["interface"] == "eth0");
}

BOOST_AUTO_TEST_CASE(writes_the_journals_fields) {
  const auto fields =
      journal_fields({Level::warning, "rival", "words", {{"in-terface", "eth0"}, {"empty", ""}}});
  BOOST_TEST(fields == (Lines{"MESSAGE=words", "PRIORITY=4", "SRVWARDEN_EVENT=rival",
                              "SRVWARDEN_IN_TERFACE=eth0"}),
             boost::test_tools::per_element());
  for (const std::string& field : journal_fields(hostile)) BOOST_TEST(is_one_plain_line(field));
  BOOST_TEST(journal_fields({Level::error, "x", "", {}})[1] == "PRIORITY=3");
  BOOST_TEST(journal_fields({Level::info, "x", "", {}})[1] == "PRIORITY=6");
}

BOOST_AUTO_TEST_CASE(knows_the_journal_by_its_device_and_inode) {
  int ends[2];
  BOOST_TEST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  struct stat found {};
  BOOST_TEST_REQUIRE(::fstat(ends[0], &found) == 0);
  const std::string device = std::to_string(found.st_dev);
  const std::string inode = std::to_string(found.st_ino);
  BOOST_TEST(is_journal(ends[0], (device + ':' + inode).c_str()));
  BOOST_TEST(!is_journal(ends[1], (device + ':' + inode).c_str()));
  BOOST_TEST(!is_journal(-1, (device + ':' + inode).c_str()));
  for (const std::string& other : {device, device + ':', ':' + inode, device + ':' + inode + 'x',
                                   std::string(), std::string(":")}) {
    BOOST_TEST(!is_journal(ends[0], other.c_str()));
  }
  BOOST_TEST(!is_journal(ends[0], nullptr));
  ::close(ends[0]);
  ::close(ends[1]);
}

BOOST_AUTO_TEST_CASE(leaves_out_what_is_less_than_the_level) {
  Written written(Level::warning, {0, 1});
  written.write(1, "a", Level::info);
  written.write(1, "b", Level::warning);
  written.write(1, "c", Level::error);
  BOOST_TEST(written.take() == (Lines{"b", "c"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(another_level_and_rate_hold_at_once) {
  Written written(Level::info, {60, 2});
  written.write(3, "a");
  written.log.set(Level::warning, {0, 1});
  written.write(1, "a", Level::info);
  written.write(3, "a", Level::warning);
  BOOST_TEST(written.take().size() == 2U + 3U);
  written.log.set(Level::info, {60, 2});
  written.write(1, "a");  // the burst of then is still spent
  BOOST_TEST(written.take().empty());
  written.now += std::chrono::seconds(1);
  written.write(2, "a");
  BOOST_TEST(written.take() == (Lines{"a"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(leaves_out_what_exceeds_the_burst_and_says_so) {
  Written written(Level::info, {60, 3});
  written.write(3, "a");
  written.write(1, "a", Level::warning);
  written.write(1, "a");
  written.write(1, "b");  // has a burst of its own
  BOOST_TEST(written.take() == (Lines{"a", "a", "a", "b"}), boost::test_tools::per_element());
  written.now += std::chrono::milliseconds(59'999);
  written.log.tell_left_out();
  BOOST_TEST(written.take().empty());
  written.now += std::chrono::milliseconds(1);
  written.levels.clear();
  written.write(1, "b");
  BOOST_TEST(written.take() == (Lines{"left-out a 2", "b"}), boost::test_tools::per_element());
  BOOST_TEST((written.levels.at(0) == Level::warning));
  written.log.tell_all_left_out();
  BOOST_TEST(written.take().empty());  // told once
}

BOOST_AUTO_TEST_CASE(fills_at_the_rate_up_to_the_burst) {
  Written written(Level::info, {60, 3});
  written.write(5, "a");
  written.take();
  written.now += std::chrono::milliseconds(990);
  written.write(1, "a");
  BOOST_TEST(written.take().empty());
  written.now += std::chrono::milliseconds(20);
  written.write(2, "a");
  BOOST_TEST(written.take() == Lines{"a"}, boost::test_tools::per_element());
  written.now += std::chrono::hours(1);
  written.write(4, "a");
  BOOST_TEST(written.take() == (Lines{"left-out a 4", "a", "a", "a"}),
             boost::test_tools::per_element());
  written.log.tell_all_left_out();
  BOOST_TEST(written.take() == Lines{"left-out a 1"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(never_leaves_out_errors_of_the_start) {
  Written written(Level::info, {60, 1});
  written.write(3, "a", Level::error);
  BOOST_TEST(written.take().size() == 3U);
  written.log.started();
  written.write(3, "a", Level::error);
  BOOST_TEST(written.take().size() == 1U);
}

BOOST_AUTO_TEST_CASE(writes_all_without_a_rate) {
  Written written(Level::info, {0, 1});
  written.write(5000, "a");
  BOOST_TEST(written.take().size() == 5000U);
}

BOOST_AUTO_TEST_CASE(counts_events_beyond_its_memory_together) {
  Written written(Level::info, {60, 1});
  for (std::size_t i = 0; i < LogLimiter::most_events + 10; ++i) {
    written.write(1, "event" + std::to_string(i));
  }
  BOOST_TEST(written.take().size() == LogLimiter::most_events + 1);
  written.log.tell_all_left_out();
  BOOST_TEST(written.take() == Lines{"left-out 9"}, boost::test_tools::per_element());
}
