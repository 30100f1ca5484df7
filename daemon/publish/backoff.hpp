// Backoff: how long to wait before the next attempt, longer after each failure.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <random>

namespace srvwarden::daemon {

/// No clock of its own: time points are given.
class Backoff {
 public:
  using Time = std::chrono::steady_clock::time_point;

  static constexpr std::chrono::milliseconds first{100};
  static constexpr std::chrono::milliseconds longest{2000};
  /// What lasted so long was a success. What fails sooner may fail because of what we ask of it.
  static constexpr std::chrono::seconds stable{2};

  /// An attempt succeeded, for now.
  void succeeded(Time now) noexcept { since_ = now; }

  /// The next wait, doubled each time up to the longest, and shortened at random by up to a quarter
  /// so that hosts which lost the same peer do not return at once.
  std::chrono::milliseconds next(Time now) {
    if (since_ != Time() && now - since_ >= stable) next_ = first;
    since_ = Time();
    const auto wait = next_;
    next_ = std::min(next_ * 2, longest);
    std::uniform_int_distribution<std::chrono::milliseconds::rep> jitter(0, wait.count() / 4);
    return wait - std::chrono::milliseconds(jitter(random_));
  }

 private:
  std::chrono::milliseconds next_ = first;
  Time since_{};  ///< of a success that may still last
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace srvwarden::daemon
