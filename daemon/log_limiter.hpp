// LogLimiter: how many messages of one kind may be written, and how many were left out. No clock.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace srvwarden::daemon {

enum class Level : std::uint8_t { error, warning, info };

/// "error", "warning" or "info".
std::string_view name_of(Level level) noexcept;

/// Of the messages of one event.
struct LogRate {
  unsigned per_minute = 60;  ///< in the long run; 0: no limit
  unsigned burst = 1000;     ///< at once, after a time of silence; at least 1
};

class LogLimiter {
 public:
  using Time = std::chrono::steady_clock::time_point;
  /// How long messages are counted before their number is told.
  static constexpr std::chrono::minutes period{1};
  /// More different events than this count as one, so that memory has a bound.
  static constexpr std::size_t most_events = 64;

  struct LeftOut {
    std::string event;  ///< empty: of several events
    Level worst = Level::info;
    std::uint64_t count = 0;
  };

  explicit LogLimiter(LogRate rate) noexcept : rate_(rate) {}

  /// What was written and left out before still counts.
  void set_rate(LogRate rate) noexcept { rate_ = rate; }
  /// Whether a message may be written; if not, it is counted.
  bool admits(std::string_view event, Level level, Time now);
  /// What was left out since it was told last, of events where that began a period ago.
  std::vector<LeftOut> due(Time now);

 private:
  struct Bucket {
    double left = 0;  ///< messages that may be written now
    Time filled{};
    Time began{};  ///< of leaving out
    std::uint64_t left_out = 0;
    Level worst = Level::info;
  };

  Bucket& bucket_of(std::string_view event, Time now);

  LogRate rate_;
  std::map<std::string, Bucket, std::less<>> buckets_;
};

}  // namespace srvwarden::daemon
