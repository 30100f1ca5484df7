// Log lines: nothing that came from a file or a network can end a line or command a terminal.
// SPDX-License-Identifier: Apache-2.0
#include "log.hpp"

#include <array>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>

#include "report/terminal.hpp"

namespace srvwarden::daemon {

std::string time_text(std::int64_t time) {
  const std::time_t seconds = static_cast<std::time_t>(time / 1000);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  std::array<char, 40> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &utc);
  std::snprintf(text.data() + size, text.size() - size, ".%03dZ", static_cast<int>(time % 1000));
  return text.data();
}

std::string_view name_of(Level level) noexcept {
  switch (level) {
    case Level::error:
      return "error";
    case Level::warning:
      return "warning";
    case Level::info:
      return "info";
  }
  return "";
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

}  // namespace srvwarden::daemon
