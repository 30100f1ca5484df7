// The contract of AvahiPoll's watches, as Avahi's own loop keeps it.
// SPDX-License-Identifier: Apache-2.0
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <utility>
#include <vector>

#include "poll_loops.hpp"

namespace {

using namespace srvwarden::daemon;

struct Pair {
  Pair() { BOOST_REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds.data()) == 0); }
  ~Pair() {
    for (const int fd : fds) {
      if (fd >= 0) close(fd);
    }
  }
  void send() const { BOOST_REQUIRE(write(fds[1], "x", 1) == 1); }
  void hang_up() { close(std::exchange(fds[1], -1)); }
  int ours() const { return fds[0]; }

  std::array<int, 2> fds{-1, -1};
};

/// Records each call of a watch; what else it does in the callback is a row of the test.
struct WatchLog {
  const AvahiPoll* api = nullptr;
  AvahiWatch* watch = nullptr;
  std::vector<int> events;
  int seen_by_get = 0;
  int fd = -1;
  bool read = false;
  bool free_self = false;
  AvahiWatch* free_other = nullptr;
  int update_to = -1;

  void start(const AvahiPoll* poll, int descriptor, AvahiWatchEvent wanted) {
    api = poll;
    watch = api->watch_new(api, descriptor, wanted, called, this);
    BOOST_REQUIRE(watch != nullptr);
  }
  void stop() {
    if (watch != nullptr) api->watch_free(std::exchange(watch, nullptr));
  }
  std::size_t calls() const { return events.size(); }

  static void called(AvahiWatch* watch, int fd, AvahiWatchEvent event, void* userdata) {
    auto& log = *static_cast<WatchLog*>(userdata);
    log.events.push_back(event);
    log.seen_by_get = log.api->watch_get_events(watch);
    log.fd = fd;
    char byte = 0;
    if (log.read) BOOST_TEST(::read(fd, &byte, 1) == 1);
    if (log.update_to >= 0) {
      log.api->watch_update(watch, static_cast<AvahiWatchEvent>(log.update_to));
    }
    if (log.free_other != nullptr) log.api->watch_free(std::exchange(log.free_other, nullptr));
    if (log.free_self) log.stop();
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE_TEMPLATE(reports_input_as_input_and_with_the_callers_descriptor, Loop, Loops) {
  Loop loop;
  Pair pair;
  WatchLog log;
  log.start(loop.api(), pair.ours(), AVAHI_WATCH_IN);
  loop.turn(short_turn);
  BOOST_TEST(log.calls() == 0U);
  pair.send();
  loop.turn(long_turn);
  BOOST_TEST_REQUIRE(log.calls() >= 1U);
  BOOST_TEST(log.events.front() == AVAHI_WATCH_IN);
  BOOST_TEST(log.seen_by_get == AVAHI_WATCH_IN);
  BOOST_TEST(log.fd == pair.ours());
  log.stop();
}

BOOST_AUTO_TEST_CASE_TEMPLATE(reports_output_as_output, Loop, Loops) {
  Loop loop;
  Pair pair;
  WatchLog log;
  log.update_to = 0;
  log.start(loop.api(), pair.ours(), AVAHI_WATCH_OUT);
  loop.turn(long_turn);
  BOOST_TEST(log.events == std::vector<int>{AVAHI_WATCH_OUT}, boost::test_tools::per_element());
  log.stop();
}

BOOST_AUTO_TEST_CASE_TEMPLATE(reports_again_while_input_is_left, Loop, Loops) {
  Loop loop;
  Pair pair;
  WatchLog log;
  log.read = true;
  log.start(loop.api(), pair.ours(), AVAHI_WATCH_IN);
  for (int i = 0; i < 3; ++i) pair.send();
  for (int i = 0; i < 10 && log.calls() < 3; ++i) loop.turn(long_turn);
  loop.turn(short_turn);
  BOOST_TEST(log.calls() == 3U);
  log.stop();
}

BOOST_AUTO_TEST_CASE_TEMPLATE(says_no_events_outside_of_a_callback, Loop, Loops) {
  Loop loop;
  Pair pair;
  WatchLog log;
  log.start(loop.api(), pair.ours(), AVAHI_WATCH_IN);
  BOOST_TEST(loop.api()->watch_get_events(log.watch) == 0);
  log.stop();
}

BOOST_AUTO_TEST_CASE_TEMPLATE(frees_a_watch_in_its_own_callback, Loop, Loops) {
  Loop loop;
  Pair pair;
  WatchLog log;
  log.free_self = true;
  log.start(loop.api(), pair.ours(), AVAHI_WATCH_IN);
  pair.send();
  loop.turn(long_turn);
  loop.turn(short_turn);
  BOOST_TEST(log.calls() == 1U);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(updates_a_watch_in_its_own_callback, Loop, Loops) {
  Loop loop;
  Pair pair;
  WatchLog log;
  log.update_to = AVAHI_WATCH_OUT;
  log.start(loop.api(), pair.ours(), AVAHI_WATCH_IN);
  pair.send();
  for (int i = 0; i < 10 && log.calls() < 2; ++i) loop.turn(long_turn);
  BOOST_TEST_REQUIRE(log.calls() >= 2U);
  BOOST_TEST(log.events[0] == AVAHI_WATCH_IN);
  BOOST_TEST(log.events[1] == AVAHI_WATCH_OUT);
  log.stop();
}

BOOST_AUTO_TEST_CASE_TEMPLATE(serves_two_watches_on_one_descriptor, Loop, Loops) {
  Loop loop;
  Pair pair;
  WatchLog input;
  WatchLog output;
  output.update_to = 0;
  input.read = true;
  input.start(loop.api(), pair.ours(), AVAHI_WATCH_IN);
  output.start(loop.api(), pair.ours(), AVAHI_WATCH_OUT);
  loop.turn(long_turn);
  BOOST_TEST(output.calls() == 1U);
  BOOST_TEST(input.calls() == 0U);
  pair.send();
  loop.turn(long_turn);
  BOOST_TEST(output.calls() == 1U);
  BOOST_TEST(input.calls() == 1U);
  output.stop();
  pair.send();
  loop.turn(long_turn);
  BOOST_TEST(input.calls() == 2U);
  input.stop();
}

BOOST_AUTO_TEST_CASE_TEMPLATE(frees_a_sibling_before_its_turn, Loop, Loops) {
  Loop loop;
  Pair pair;
  WatchLog one;
  WatchLog two;
  one.start(loop.api(), pair.ours(), AVAHI_WATCH_IN);
  two.start(loop.api(), pair.ours(), AVAHI_WATCH_IN);
  one.free_other = std::exchange(two.watch, nullptr);
  two.free_other = std::exchange(one.watch, nullptr);
  pair.send();
  loop.turn(long_turn);  // whichever is first frees the other, which is then never called
  BOOST_TEST(one.calls() + two.calls() >= 1U);
  BOOST_TEST((one.calls() == 0U || two.calls() == 0U));
  if (one.free_other != nullptr) loop.api()->watch_free(one.free_other);
  if (two.free_other != nullptr) loop.api()->watch_free(two.free_other);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(reports_a_hang_up_that_nobody_asked_for, Loop, Loops) {
  Loop loop;
  Pair pair;
  WatchLog log;
  log.free_self = true;
  log.start(loop.api(), pair.ours(), static_cast<AvahiWatchEvent>(0));
  pair.hang_up();
  loop.turn(long_turn);
  BOOST_TEST_REQUIRE(log.calls() == 1U);
  BOOST_TEST((log.events[0] & AVAHI_WATCH_HUP) != 0);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(reports_a_hang_up_beside_input, Loop, Loops) {
  Loop loop;
  Pair pair;
  WatchLog log;
  log.free_self = true;
  log.start(loop.api(), pair.ours(), AVAHI_WATCH_IN);
  pair.send();
  pair.hang_up();
  loop.turn(long_turn);
  BOOST_TEST_REQUIRE(log.calls() == 1U);
  BOOST_TEST(log.events[0] == (AVAHI_WATCH_IN | AVAHI_WATCH_HUP));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(reports_an_error_on_a_pipe_without_reader, Loop, Loops) {
  Loop loop;
  std::array<int, 2> fds{};
  BOOST_REQUIRE(pipe(fds.data()) == 0);
  WatchLog log;
  log.free_self = true;
  log.start(loop.api(), fds[1], static_cast<AvahiWatchEvent>(0));
  close(fds[0]);
  loop.turn(long_turn);
  BOOST_TEST_REQUIRE(log.calls() == 1U);
  BOOST_TEST((log.events[0] & AVAHI_WATCH_ERR) != 0);
  close(fds[1]);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(does_not_confuse_a_reused_descriptor_number, Loop, Loops) {
  Loop loop;
  auto first = std::make_unique<Pair>();
  const int number = first->ours();
  WatchLog log;
  log.start(loop.api(), number, AVAHI_WATCH_IN);
  loop.turn(short_turn);
  log.stop();
  first.reset();
  Pair second;
  WatchLog again;
  again.read = true;
  again.start(loop.api(), second.ours(), AVAHI_WATCH_IN);
  second.send();
  loop.turn(long_turn);
  BOOST_TEST(again.calls() == 1U);
  BOOST_TEST(log.calls() == 0U);
  again.stop();
}

BOOST_AUTO_TEST_CASE(refuses_a_descriptor_that_is_not_open) {
  AsioLoop loop;
  BOOST_TEST(loop.api()->watch_new(loop.api(), 9999, AVAHI_WATCH_IN, WatchLog::called, nullptr) ==
             nullptr);
}
