// Tests of the worker: order, what is dropped, and how it ends.
// SPDX-License-Identifier: Apache-2.0
#include "watch/worker.hpp"

#include <boost/test/unit_test.hpp>
#include <future>
#include <string>

using namespace srvwarden::daemon;
using namespace std::chrono_literals;

namespace {

/// A job that begins, says so, and goes on when it may.
struct Gate {
  std::promise<void> began;
  std::promise<void> go;
  void hold(Worker& worker) {
    worker.put([this, ready = go.get_future().share()](Worker::Pause&) {
      began.set_value();
      ready.wait();
    });
    began.get_future().wait();
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(watch_worker)

BOOST_AUTO_TEST_CASE(does_one_job_after_another_and_drops_the_oldest) {
  std::string done;
  Worker worker(2);
  Gate gate;
  gate.hold(worker);
  for (const char letter : {'a', 'b', 'c', 'd'}) {
    worker.put([&done, letter](Worker::Pause&) { done += letter; });
  }
  BOOST_TEST(worker.dropped() == 2U);
  gate.go.set_value();
  BOOST_TEST(worker.stop(10s, true));
  BOOST_TEST(done == "cd");
  worker.put([&done](Worker::Pause&) { done += 'e'; });
  BOOST_TEST(worker.stop(10s, true));
  BOOST_TEST(done == "cd");
}

BOOST_AUTO_TEST_CASE(a_stop_ends_pauses_and_leaves_what_waits) {
  std::promise<void> began;
  bool waited = true;
  bool second = false;
  Worker worker(2);
  worker.put([&](Worker::Pause& pause) {
    began.set_value();
    waited = pause.wait(1h);
  });
  worker.put([&](Worker::Pause&) { second = true; });
  began.get_future().wait();
  BOOST_TEST(worker.stop(10s, false));
  BOOST_TEST(!waited);
  BOOST_TEST(!second);
}

BOOST_AUTO_TEST_CASE(a_job_that_hangs_is_left_alone) {
  auto gate = std::make_shared<std::promise<void>>();
  auto ended = std::make_shared<std::promise<void>>();
  std::promise<void> began;
  {
    Worker worker(1);
    worker.put([&began, ready = gate->get_future().share(), ended](Worker::Pause&) {
      began.set_value();
      ready.wait();
      ended->set_value();
    });
    began.get_future().wait();
    BOOST_TEST(!worker.stop(1ms, false));
  }
  gate->set_value();
  ended->get_future().wait();
}

BOOST_AUTO_TEST_CASE(one_without_a_job_has_no_thread) {
  Worker worker(1);
  BOOST_TEST(worker.stop(0ms, true));
}

BOOST_AUTO_TEST_SUITE_END()
