// Watchdog: a timer on the main loop.
// SPDX-License-Identifier: Apache-2.0
#include "watchdog.hpp"

#include <systemd/sd-daemon.h>

#include <cstdint>

namespace srvwarden::daemon {

std::chrono::microseconds watchdog_interval() {
  std::uint64_t period = 0;
  if (sd_watchdog_enabled(0, &period) <= 0) return std::chrono::microseconds(0);
  return std::chrono::microseconds(period / 2);
}

void Watchdog::start() {
  interval_ = watchdog_interval();
  if (interval_.count() == 0) return;
  sd_notify(0, "WATCHDOG=1");
  wait();
}

void Watchdog::wait() {
  timer_.expires_after(interval_);
  timer_.async_wait([this](boost::system::error_code error) {
    if (error) return;
    sd_notify(0, "WATCHDOG=1");
    wait();
  });
}

}  // namespace srvwarden::daemon
