// Log lines: nothing that came from a file or a network can end a line or command a terminal.
// SPDX-License-Identifier: Apache-2.0
#include "log.hpp"

#include <syslog.h>

#include <array>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>

#include "core/concat.hpp"
#include "report/terminal.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::daemon {

namespace {

char upper(char c) {
  if (!ascii::is_alphanumeric(c)) return '_';
  return ascii::is_letter(c) ? static_cast<char>(ascii::fold(c) - 32) : c;
}

int syslog_priority(Level level) {
  return level == Level::error ? LOG_ERR : level == Level::warning ? LOG_WARNING : LOG_INFO;
}

}  // namespace

std::string time_text(std::int64_t time) {
  const std::time_t seconds = static_cast<std::time_t>(time / 1000);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  std::array<char, 40> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &utc);
  std::snprintf(text.data() + size, text.size() - size, ".%03dZ", static_cast<int>(time % 1000));
  return text.data();
}

void Log::operator()(Level level, std::string_view event, std::string message,
                     std::initializer_list<LogField> fields) {
  if (level > level_) return;
  if (counter_) counter_(level);
  tell_left_out();
  const bool vital = level == Level::error && !started_;
  if (vital || limiter_.admits(event, level, clock_())) {
    sink_({level, event, std::move(message), fields});
  }
}

void Log::tell(const std::vector<LogLimiter::LeftOut>& all) {
  for (const LogLimiter::LeftOut& one : all) {
    const std::string count = std::to_string(one.count);
    const std::string kind = one.event.empty() ? "various" : one.event;
    sink_({one.worst,
           "left-out",
           concat({count, " more messages of the kind \"", kind,
                   "\" were left out: they exceed the log's rate"}),
           {{"of", one.event}, {"count", count}}});
  }
}

std::string text_line(const LogEntry& entry) {
  if (entry.event == "finding") return report::shown(entry.message);
  std::string line = "srvwardend: ";
  line.append(name_of(entry.level)).append(": ").append(report::shown(entry.message));
  return line;
}

std::string json_line(const LogEntry& entry, std::int64_t time) {
  nlohmann::ordered_json object;
  object["time"] = time_text(time);
  object["level"] = name_of(entry.level);
  object["event"] = entry.event;
  object["message"] = entry.message;
  for (const LogField& field : entry.fields) {
    if (!field.value.empty()) object[std::string(field.name)] = field.value;
  }
  return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::vector<std::string> journal_fields(const LogEntry& entry) {
  std::vector<std::string> all = {
      concat({"MESSAGE=", report::shown(entry.message)}),
      concat({"PRIORITY=", std::to_string(syslog_priority(entry.level))}),
      concat({"SRVWARDEN_EVENT=", report::shown(entry.event)}),
  };
  for (const LogField& field : entry.fields) {
    if (field.value.empty()) continue;
    std::string name;
    for (const char c : field.name) name += upper(c);
    all.push_back(concat({"SRVWARDEN_", name, "=", report::shown(field.value)}));
  }
  return all;
}

}  // namespace srvwarden::daemon
