// Health states: thresholds and damping, without a clock.
// SPDX-License-Identifier: Apache-2.0
#include "health/health_state.hpp"

#include <boost/test/unit_test.hpp>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>

namespace srvwarden::daemon {

/// '.' none, 'U' up, 'D' down, 'H' held.
std::ostream& operator<<(std::ostream& out, HealthTurn turn) {
  return out << ".UDH"[static_cast<int>(turn)];
}

}  // namespace srvwarden::daemon

namespace {

using namespace srvwarden::daemon;
using std::chrono::milliseconds;
using std::chrono::seconds;

const HealthState::Time start{seconds(1000)};

/// One outcome each millisecond: '+' or '-'.
std::string turns(HealthState& state, std::string_view outcomes, HealthState::Time& now) {
  std::ostringstream result;
  for (const char outcome : outcomes) {
    result << state.take(outcome == '+', now);
    now += milliseconds(1);
  }
  return result.str();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(health_state)

BOOST_AUTO_TEST_CASE(counts_in_a_row) {
  struct Row {
    unsigned failures, successes;
    std::string_view outcomes, turns;
  };
  const Row rows[] = {
      {3, 2, "+", "U"},
      {3, 2, "--", ".."},                  // no verdict yet
      {3, 2, "---", "..D"},                // never announced: told once that it will not be
      {3, 2, "------", "..D..."},          // and not again
      {3, 2, "--+", "..U"},                // the first success needs no second
      {3, 2, "---+", "..D."},              // but does after a verdict
      {3, 2, "---++", "..D.U"},            //
      {3, 2, "+--+--+--+", "U........."},  // never three in a row
      {3, 2, "+---", "U..D"},
      {3, 2, "+---+-++", "U..D...U"},  // never two in a row until the end
      {1, 1, "+-+", "UDU"},
      {0, 0, "+-+", "UDU"},  // as 1
      {100, 1, "+", "U"},
      {1, 100, "-+", "D."},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.failures << "/" << row.successes << " " << row.outcomes) {
      HealthState state(row.failures, row.successes);
      auto now = start;
      BOOST_TEST(!state.announced());
      BOOST_TEST(turns(state, row.outcomes, now) == row.turns);
      const auto last = row.turns.find_last_of("UD");
      BOOST_TEST(state.announced() == (last != row.turns.npos && row.turns[last] == 'U'));
    }
  }
}

BOOST_AUTO_TEST_CASE(each_threshold_is_exact) {
  for (const unsigned count : {1U, 2U, 3U, 99U, 100U}) {
    HealthState state(count, count);
    auto now = start;
    BOOST_TEST(turns(state, "+", now) == "U");
    BOOST_TEST(turns(state, std::string(count - 1, '-'), now) == std::string(count - 1, '.'));
    BOOST_TEST(turns(state, "-", now) == "D");
    BOOST_TEST(turns(state, std::string(count - 1, '+'), now) == std::string(count - 1, '.'));
    BOOST_TEST(turns(state, "+", now) == "U");
  }
}

BOOST_AUTO_TEST_CASE(a_change_costs_and_the_first_verdict_does_not) {
  for (const char* first : {"+", "-"}) {
    HealthState state(1, 1);
    auto now = start;
    turns(state, first, now);
    BOOST_TEST(state.penalty(now) == 0);
  }
  HealthState state(1, 1);
  auto now = start;
  turns(state, "+", now);
  const auto changed = now;
  turns(state, "-", now);
  BOOST_TEST(state.penalty(changed) == 1000);
  BOOST_TEST(state.penalty(changed + seconds(60)) == 500);
  BOOST_TEST(state.penalty(changed + seconds(120)) == 250);
}

BOOST_AUTO_TEST_CASE(holds_above_the_limit_and_releases_at_the_lower_one) {
  HealthState state(1, 1);
  const auto now = start;
  BOOST_TEST(state.take(true, now) == HealthTurn::up);
  BOOST_TEST(state.take(false, now) == HealthTurn::down);  // 1000
  BOOST_TEST(state.take(true, now) == HealthTurn::up);     // 2000
  BOOST_TEST(state.take(false, now) == HealthTurn::down);  // 3000: not above
  BOOST_TEST(!state.held_until().has_value());
  BOOST_TEST(state.take(true, now) == HealthTurn::held);  // 4000
  BOOST_TEST(!state.announced());
  BOOST_TEST_REQUIRE(state.held_until().has_value());
  const auto until = *state.held_until();
  BOOST_TEST((until - now == seconds(120)));  // to a quarter: two half-lives
  BOOST_TEST(state.take(true, until - milliseconds(1)) == HealthTurn::none);
  BOOST_TEST(state.wake(until - milliseconds(1)) == HealthTurn::none);
  BOOST_TEST(state.wake(until) == HealthTurn::up);
  BOOST_TEST(state.announced());
  BOOST_TEST(!state.held_until().has_value());
  BOOST_TEST(state.wake(until) == HealthTurn::none);
}

BOOST_AUTO_TEST_CASE(a_penalty_just_under_the_limit_does_not_hold) {
  HealthState state(1, 1);
  auto now = start;
  for (const bool success : {true, false, true, false}) state.take(success, now);
  // 3000 have to fall to 2000 or less for the fourth change to pass.
  HealthState late = state;
  BOOST_TEST(late.take(true, now + seconds(36)) == HealthTurn::up);  // 60 s * log2(1.5) is 35.1 s
  BOOST_TEST(state.take(true, now + seconds(35)) == HealthTurn::held);
}

BOOST_AUTO_TEST_CASE(a_hold_that_begins_with_a_failure_is_told_as_down) {
  HealthState state(1, 1);
  const auto now = start;
  for (const bool success : {true, false, true}) state.take(success, now);
  const auto soon = now + seconds(20);                      // 2000 -> 1587
  BOOST_TEST(state.take(false, soon) == HealthTurn::down);  // 2587
  BOOST_TEST(state.take(true, soon) == HealthTurn::held);   // 3587

  HealthState other(1, 1);  // begins well, so that the fourth change is a failure
  other.take(false, now);
  for (const bool success : {true, false, true}) other.take(success, now);
  BOOST_TEST(other.announced());
  BOOST_TEST(other.take(false, now) == HealthTurn::down);
  BOOST_TEST(other.held_until().has_value());
  BOOST_TEST(other.take(true, now) == HealthTurn::held);
  BOOST_TEST(other.take(false, now) == HealthTurn::none);
  BOOST_TEST(other.take(true, now) == HealthTurn::none);  // told once a hold
}

BOOST_AUTO_TEST_CASE(what_flaps_while_it_is_held_is_held_longer_but_not_for_ever) {
  HealthState state(1, 1);
  auto now = start;
  for (int change = 0; change < 1000; ++change) state.take(change % 2 == 0, now);
  BOOST_TEST(state.penalty(now) == HealthState::highest_penalty);
  BOOST_TEST_REQUIRE(state.held_until().has_value());
  BOOST_TEST((*state.held_until() - now == seconds(180)));
  BOOST_TEST(state.wake(now + seconds(180)) == HealthTurn::none);  // it is not well
  BOOST_TEST(!state.held_until().has_value());
  BOOST_TEST(state.take(true, now + seconds(180)) == HealthTurn::up);  // 2000
}

BOOST_AUTO_TEST_CASE(an_outcome_after_the_hold_releases_too) {
  HealthState state(2, 1);
  auto now = start;
  turns(state, "+--+--+", now);
  BOOST_TEST_REQUIRE(state.held_until().has_value());
  HealthState failing = state;
  const auto after = *state.held_until();
  BOOST_TEST(state.take(true, after) == HealthTurn::up);
  BOOST_TEST(failing.take(false, after) == HealthTurn::up);  // one failure of two
  BOOST_TEST(failing.take(false, after) == HealthTurn::down);
}

BOOST_AUTO_TEST_CASE(other_thresholds_keep_what_is_known) {
  HealthState state(3, 2);
  auto now = start;
  turns(state, "+--", now);
  state.set_thresholds(1, 1);
  BOOST_TEST(state.announced());
  BOOST_TEST(turns(state, "-+", now) == "DU");
}

BOOST_AUTO_TEST_SUITE_END()
