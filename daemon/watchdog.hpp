// Watchdog: tells systemd that the main loop still runs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>

namespace srvwarden::daemon {

/// How often systemd is to be told: twice in the period that it gives. Zero: not at all.
std::chrono::microseconds watchdog_interval();

/// Sends WATCHDOG=1 from the loop, so that a loop that hangs is noticed: systemd then ends the
/// program and starts it anew. Without WatchdogSec= in the unit it does nothing.
class Watchdog {
 public:
  explicit Watchdog(boost::asio::io_context& context) : timer_(context) {}

  void start();
  void stop() { timer_.cancel(); }

 private:
  void wait();

  boost::asio::steady_timer timer_;
  std::chrono::microseconds interval_{0};
};

}  // namespace srvwarden::daemon
