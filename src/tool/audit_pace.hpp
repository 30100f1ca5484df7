// How often an audit is looked at while it goes on: all that is known is put together each time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

#include "srvwarden/census.hpp"

namespace srvwarden::tool {

/// Once a second, or less often where one look takes more than a twentieth of that.
class ClockPace {
 public:
  using Clock = std::chrono::steady_clock;

  bool is_due() const { return Clock::now() >= next_; }
  template <class Work>
  void spend(Work work) {
    const Clock::time_point start = Clock::now();
    work();
    const Clock::duration cost = Clock::now() - start;
    next_ = start + std::max<Clock::duration>(std::chrono::seconds(1), 20 * cost);
  }

 private:
  Clock::time_point next_ = Clock::now() + std::chrono::seconds(1);
};

/// After so many packets that, beside them, a look at all records costs little.
class PacketPace {
 public:
  bool is_due(const census::Census& census) {
    const std::uint64_t packets = census.counts().packets;
    if (packets - last_ < 1000 + 20 * census.records().size()) return false;
    last_ = packets;
    return true;
  }

 private:
  std::uint64_t last_ = 0;
};

}  // namespace srvwarden::tool
