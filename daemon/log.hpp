// Log: one line an event, as text or as JSON.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "log_limiter.hpp"

namespace srvwarden::daemon {

struct LogField {
  std::string_view name;
  std::string value;
};

/// What happened: a stable word for machines, a sentence for people, and the values in it.
struct LogEntry {
  Level level = Level::info;
  std::string_view event;  ///< "established", "refused", ...
  std::string message;
  std::vector<LogField> fields;
};

/// Takes entries. Any octets may be in messages and values; what is written is always UTF-8 without
/// control characters, one line an entry.
///
/// What is less than the level is not written, nor is what exceeds the rate: then an entry
/// "left-out" says later how many there were. Errors are never left out until started() is called.
class Log {
 public:
  using Sink = std::function<void(const LogEntry&)>;
  using Clock = std::function<LogLimiter::Time()>;

  /// Writes everything.
  explicit Log(Sink sink) : Log(std::move(sink), Level::info, LogRate{0, 1}) {}
  Log(Sink sink, Level level, LogRate rate, Clock clock = std::chrono::steady_clock::now)
      : sink_(std::move(sink)), level_(level), limiter_(rate), clock_(std::move(clock)) {}

  void operator()(Level level, std::string_view event, std::string message,
                  std::initializer_list<LogField> fields = {});
  /// Calls for each entry that is not below the level, whether the rate admits it or not.
  void count_by(std::function<void(Level)> counter) { counter_ = std::move(counter); }
  /// Another level and rate from now on.
  void set(Level level, LogRate rate) {
    level_ = level;
    limiter_.set_rate(rate);
  }
  /// From now on, errors are held to the rate like all else.
  void started() noexcept { started_ = true; }
  /// Says how many entries were left out, where that is due. It also happens with each entry.
  void tell_left_out() { tell(limiter_.due(clock_())); }
  /// The same of everything that was not told yet: at the end.
  void tell_all_left_out() { tell(limiter_.due(LogLimiter::Time::max())); }

 private:
  void tell(const std::vector<LogLimiter::LeftOut>& all);

  Sink sink_;
  Level level_;
  LogLimiter limiter_;
  Clock clock_;
  std::function<void(Level)> counter_;
  bool started_ = false;
};

/// "2026-11-21T12:00:00.000Z"
/// @param time  milliseconds since 1970.
std::string time_text(std::int64_t time);

/// "srvwardend: error: message"; a finding is as compilers write it, its place first.
std::string text_line(const LogEntry& entry);

/// {"time":"2026-11-21T12:00:00.000Z","level":"error","event":"...","message":"...", and each
/// field that is not empty}
/// @param time  milliseconds since 1970.
std::string json_line(const LogEntry& entry, std::int64_t time);

/// "MESSAGE=...", "PRIORITY=3", "SRVWARDEN_EVENT=..." and "SRVWARDEN_<NAME>=..." of each field that
/// is not empty, as systemd.journal-fields(7) asks for.
std::vector<std::string> journal_fields(const LogEntry& entry);

}  // namespace srvwarden::daemon
