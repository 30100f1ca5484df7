// The contract of AvahiPoll, held against our AsioPoll and against Avahi's own simple poll.
// SPDX-License-Identifier: Apache-2.0
#include "asio_poll.hpp"

#include <avahi-common/simple-watch.h>
#include <avahi-common/timeval.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>
#include <limits>
#include <vector>

namespace {

/// Each loop: the AvahiPoll, and one turn that waits for at most some milliseconds.
class AsioLoop {
 public:
  const AvahiPoll* api() { return poll_.api(); }
  void turn(int milliseconds) {
    context_.restart();
    context_.run_one_for(std::chrono::milliseconds(milliseconds));
    for (int i = 0; i < 3; ++i) context_.poll_one();  // not poll(): what persists never ends
  }

 private:
  boost::asio::io_context context_;
  srvwarden::daemon::AsioPoll poll_{context_};
};

class SimpleLoop {
 public:
  SimpleLoop() : poll_(avahi_simple_poll_new()) {}
  SimpleLoop(const SimpleLoop&) = delete;
  SimpleLoop& operator=(const SimpleLoop&) = delete;
  ~SimpleLoop() { avahi_simple_poll_free(poll_); }
  const AvahiPoll* api() { return avahi_simple_poll_get(poll_); }
  void turn(int milliseconds) { avahi_simple_poll_iterate(poll_, milliseconds); }

 private:
  AvahiSimplePoll* poll_;
};

using Loops = boost::mpl::list<AsioLoop, SimpleLoop>;

constexpr int long_turn = 2000;  // milliseconds; ends as soon as something happens
constexpr int short_turn = 20;   // long enough for what must not happen

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

struct TimeoutLog {
  const AvahiPoll* api = nullptr;
  AvahiTimeout* timeout = nullptr;
  int calls = 0;
  int again = 0;  ///< how often to set it anew from within its callback
  bool free_self = false;

  void start(const AvahiPoll* poll, const timeval* at) {
    api = poll;
    timeout = api->timeout_new(api, at, called, this);
    BOOST_REQUIRE(timeout != nullptr);
  }
  void stop() {
    if (timeout != nullptr) api->timeout_free(std::exchange(timeout, nullptr));
  }

  static void called(AvahiTimeout* timeout, void* userdata) {
    auto& log = *static_cast<TimeoutLog*>(userdata);
    ++log.calls;
    timeval soon{};
    avahi_elapse_time(&soon, 1, 0);
    if (log.again-- > 0) log.api->timeout_update(timeout, &soon);
    if (log.free_self) log.stop();
  }
};

timeval after(unsigned milliseconds) {
  timeval at{};
  return *avahi_elapse_time(&at, milliseconds, 0);
}

template <class Loop>
void turn_until(Loop& loop, const int& count, int wanted) {
  for (int i = 0; i < 50 && count < wanted; ++i) loop.turn(long_turn);
}

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

BOOST_AUTO_TEST_CASE_TEMPLATE(calls_a_timeout_once, Loop, Loops) {
  struct Row {
    const char* what;
    timeval at;
  };
  const Row rows[] = {
      {"soon", after(5)},
      {"now", after(0)},
      {"in 1970", {0, 0}},
      {"before 1970", {-5, 0}},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.what) {
      Loop loop;
      TimeoutLog log;
      log.start(loop.api(), &row.at);
      turn_until(loop, log.calls, 1);
      loop.turn(short_turn);
      BOOST_TEST(log.calls == 1);
      log.stop();
    }
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(does_not_call_a_timeout_that_is_off, Loop, Loops) {
  Loop loop;
  const timeval soon = after(5);
  const timeval far{std::numeric_limits<int>::max(), 0};
  TimeoutLog never;
  TimeoutLog switched_off;
  TimeoutLog far_away;
  never.start(loop.api(), nullptr);
  switched_off.start(loop.api(), &soon);
  far_away.start(loop.api(), &far);
  loop.api()->timeout_update(switched_off.timeout, nullptr);
  loop.turn(short_turn);
  BOOST_TEST(never.calls == 0);
  BOOST_TEST(switched_off.calls == 0);
  BOOST_TEST(far_away.calls == 0);
  for (TimeoutLog* log : {&never, &switched_off, &far_away}) log->stop();
}

BOOST_AUTO_TEST_CASE_TEMPLATE(sets_and_frees_a_timeout_in_its_own_callback, Loop, Loops) {
  Loop loop;
  const timeval now = after(0);
  TimeoutLog thrice;
  thrice.again = 2;
  thrice.start(loop.api(), &now);
  turn_until(loop, thrice.calls, 3);
  loop.turn(short_turn);
  BOOST_TEST(thrice.calls == 3);
  thrice.stop();

  TimeoutLog once;
  once.free_self = true;
  once.start(loop.api(), &now);
  turn_until(loop, once.calls, 1);
  loop.turn(short_turn);
  BOOST_TEST(once.calls == 1);
}

BOOST_AUTO_TEST_CASE(refuses_a_descriptor_that_is_not_open) {
  AsioLoop loop;
  BOOST_TEST(loop.api()->watch_new(loop.api(), 9999, AVAHI_WATCH_IN, WatchLog::called, nullptr) ==
             nullptr);
}
