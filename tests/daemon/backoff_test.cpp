// Backoff: longer and longer, until something lasts.
// SPDX-License-Identifier: Apache-2.0
#include "publish/backoff.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using srvwarden::daemon::Backoff;
using std::chrono::milliseconds;

void must_be(milliseconds wait, milliseconds whole) {
  BOOST_TEST(wait.count() <= whole.count());
  BOOST_TEST(wait.count() >= whole.count() - whole.count() / 4);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(backoff)

BOOST_AUTO_TEST_CASE(doubles_up_to_the_longest) {
  Backoff backoff;
  const Backoff::Time now{};
  for (const int whole : {100, 200, 400, 800, 1600, 2000, 2000}) {
    must_be(backoff.next(now), milliseconds(whole));
  }
}

BOOST_AUTO_TEST_CASE(begins_anew_only_after_what_lasted) {
  Backoff backoff;
  const Backoff::Time began{std::chrono::hours(1)};
  must_be(backoff.next(began), Backoff::first);
  backoff.succeeded(began);
  must_be(backoff.next(began + Backoff::stable - milliseconds(1)), 2 * Backoff::first);
  backoff.succeeded(began);
  must_be(backoff.next(began + Backoff::stable), Backoff::first);
  must_be(backoff.next(began + 2 * Backoff::stable), 2 * Backoff::first);
}

BOOST_AUTO_TEST_SUITE_END()
