// Backoff: how long to wait before the next attempt, longer after each failure.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <random>

namespace srvwarden::daemon {

class Backoff {
 public:
  static constexpr std::chrono::milliseconds first{100};
  static constexpr std::chrono::milliseconds longest{2000};

  /// The next wait, doubled each time up to the longest, and shortened at random by up to a quarter
  /// so that hosts which lost the same peer do not return at once.
  std::chrono::milliseconds next() {
    const auto wait = next_;
    next_ = std::min(next_ * 2, longest);
    std::uniform_int_distribution<std::chrono::milliseconds::rep> jitter(0, wait.count() / 4);
    return wait - std::chrono::milliseconds(jitter(random_));
  }
  /// After success.
  void reset() noexcept { next_ = first; }

 private:
  std::chrono::milliseconds next_ = first;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace srvwarden::daemon
