// Log: one line an event, as text or as JSON.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace srvwarden::daemon {

enum class Level : std::uint8_t { error, warning, info };

/// "error", "warning" or "info".
std::string_view name_of(Level level) noexcept;

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
class Log {
 public:
  using Sink = std::function<void(const LogEntry&)>;
  explicit Log(Sink sink) : sink_(std::move(sink)) {}

  void operator()(Level level, std::string_view event, std::string message,
                  std::initializer_list<LogField> fields = {}) {
    sink_({level, event, std::move(message), fields});
  }

 private:
  Sink sink_;
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

}  // namespace srvwarden::daemon
