// The contract of AvahiPoll's timeouts, as Avahi's own loop keeps it.
// SPDX-License-Identifier: Apache-2.0
#include <avahi-common/timeval.h>

#include <boost/test/unit_test.hpp>
#include <ctime>
#include <limits>
#include <utility>

#include "poll_loops.hpp"

namespace {

using namespace srvwarden::daemon;

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
  const timeval far = after(24 * 60 * 60 * 1000);
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

// Ours alone: Avahi's own loop counts milliseconds in an int, so that beyond 24 days it depends on
// the date whether it waits, spins or sleeps for ever.
BOOST_AUTO_TEST_CASE(waits_for_timeouts_of_any_distance) {
  for (const std::time_t seconds :
       {std::time_t{std::numeric_limits<int>::max()}, std::numeric_limits<std::time_t>::max()}) {
    BOOST_TEST_CONTEXT(seconds) {
      AsioLoop loop;
      const timeval far{seconds, 0};
      const timeval soon = after(5);
      TimeoutLog far_away;
      TimeoutLog near_by;
      far_away.start(loop.api(), &far);
      near_by.start(loop.api(), &soon);
      turn_until(loop, near_by.calls, 1);
      loop.turn(short_turn);
      BOOST_TEST(near_by.calls == 1);
      BOOST_TEST(far_away.calls == 0);
      far_away.stop();
      near_by.stop();
    }
  }
}
