// Status tables: columns are as wide as what is in them, and give way where the terminal ends.
// SPDX-License-Identifier: Apache-2.0
#include "report/status_table.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <map>
#include <set>

#include "core/concat.hpp"
#include "report/terminal.hpp"

namespace srvwarden::report {
namespace {

constexpr std::size_t column_count = 6;
using Cells = std::array<std::string, column_count>;
using Widths = std::array<std::size_t, column_count>;

constexpr std::size_t gap = 2;
constexpr std::size_t narrowest = 8;              ///< of a column that gives way
constexpr std::size_t yielding[] = {5, 0, 1};     ///< WHERE, NAME, TYPE; the widest of them first
constexpr std::size_t port_column = 2;            ///< numbers, to the right
constexpr std::string_view indentation = "    ";  ///< of what belongs to the row above

/// From bad to good.
constexpr std::string_view states[] = {"failed",  "lost",        "withdrawn", "waiting",
                                       "probing", "established", "verified"};

std::size_t rank_of(const ServiceRow& service) {
  const auto state = std::ranges::find(states, service.state);
  const auto rank = static_cast<std::size_t>(state - std::begin(states)) * 2;
  return service.hold == "order" ? rank + 1 : rank;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::int64_t seconds_of(const std::string& time) {
  std::tm utc{};
  const char* end = strptime(time.c_str(), "%Y-%m-%dT%H:%M:%S", &utc);
  return end == nullptr ? 0 : timegm(&utc);
}

/// "5 s", "3 min", "2 h", "40 d"; empty for what is no time.
std::string age(const std::string& since, std::int64_t now) {
  const std::int64_t then = seconds_of(since);
  if (then == 0) return "";
  const std::int64_t seconds = std::max<std::int64_t>(0, now - then);
  if (seconds < 60) return std::to_string(seconds) + " s";
  if (seconds < 3600) return std::to_string(seconds / 60) + " min";
  if (seconds < 86400) return std::to_string(seconds / 3600) + " h";
  return std::to_string(seconds / 86400) + " d";
}

Cells cells_of(const ServiceRow& service, std::int64_t now) {
  return {shown(service.name),
          shown(service.type),
          std::to_string(service.port),
          shown(service.state),
          age(service.since, now),
          service.verified_on.empty() ? std::string("-") : shown(joined(service.verified_on))};
}

std::string row_of(const Cells& cells, const Widths& widths) {
  std::string line;
  for (std::size_t i = 0; i < column_count; ++i) {
    const std::string text = cut(cells[i], widths[i]);
    const std::string space(widths[i] - std::min(widths[i], width_of(text)), ' ');
    line += i == port_column ? space + text : text + space;
    if (i + 1 < column_count) line.append(gap, ' ');
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line + '\n';
}

/// The columns that may give way do, until the table fits or all of them are narrow.
void fit(Widths& widths, std::size_t width) {
  std::size_t total = gap * (column_count - 1);
  for (const std::size_t one : widths) total += one;
  while (total > width) {
    const std::size_t widest =
        *std::ranges::max_element(yielding, {}, [&](std::size_t column) { return widths[column]; });
    if (widths[widest] <= narrowest) return;
    --widths[widest];
    --total;
  }
}

/// What belongs to a row but has no column.
std::string remarks_of(const ServiceRow& service) {
  std::string text;
  const auto remark = [&text](std::string_view what, const std::string& value) {
    if (!value.empty()) text += concat({indentation, what, shown(value), "\n"});
  };
  remark("", service.why);
  const bool is_held = service.hold == "health" || service.state == "failed";
  if (is_held) remark("health: ", service.health);
  if (service.name != service.wanted) remark("wanted: ", service.wanted);
  const bool is_bad = rank_of(service) < 6;
  if (is_bad) remark("from: ", service.file.empty() ? "a client's advertisement" : service.file);
  return text;
}

std::string counts_of(const StatusView& status) {
  std::map<std::size_t, std::size_t> of_state;
  for (const ServiceRow& service : status.services) ++of_state[rank_of(service) / 2];
  const std::size_t count = status.services.size();
  std::string text = std::to_string(count) + (count == 1 ? " service" : " services");
  std::string_view before = ": ";
  for (const auto& [state, how_many] : of_state) {
    const std::string_view name =
        state < std::size(states) ? states[state] : std::string_view("of a state unknown here");
    text += concat({before, std::to_string(how_many), " ", name});
    before = ", ";
  }
  return text;
}

std::string backend_line(const StatusView& status, std::int64_t now) {
  if (!status.trouble.empty() || status.backend.empty()) {
    return concat(
        {"Nothing is announced: ",
         status.trouble.empty() ? "nobody who announces is up yet" : shown(status.trouble), "\n"});
  }
  return concat({"Announced by ", shown(status.backend), " as ", shown(status.host), ".",
                 shown(status.domain), "; srvwardend ", shown(status.version), " runs for ",
                 age(status.started, now), "\n"});
}

}  // namespace

bool is_as_wanted(const StatusView& status) {
  if (!status.trouble.empty() || status.backend.empty() || !status.wrong_files.empty())
    return false;
  return std::ranges::none_of(status.services, [](const ServiceRow& service) {
    return service.state == "failed" || service.state == "lost" || service.hold == "health";
  });
}

std::string status_table(const StatusView& status, const StatusTableOptions& options) {
  std::vector<const ServiceRow*> services;
  for (const ServiceRow& service : status.services) services.push_back(&service);
  std::ranges::stable_sort(services, [](const ServiceRow* a, const ServiceRow* b) {
    return std::pair(rank_of(*a), a->name) < std::pair(rank_of(*b), b->name);
  });
  const Cells titles = {"NAME", "TYPE", "PORT", "STATE", "SINCE", "WHERE"};
  std::vector<Cells> rows{titles};
  for (const ServiceRow* service : services) rows.push_back(cells_of(*service, options.now));
  Widths widths{};
  for (const Cells& row : rows) {
    for (std::size_t i = 0; i < column_count; ++i)
      widths[i] = std::max(widths[i], width_of(row[i]));
  }
  if (options.width > 0) fit(widths, options.width);
  std::string text;
  for (std::size_t i = 0; !services.empty() && i < rows.size(); ++i) {
    text += row_of(rows[i], widths);
    if (i > 0) text += remarks_of(*services[i - 1]);
  }
  if (!services.empty()) text += '\n';
  text += counts_of(status);
  text += '\n';
  text += backend_line(status, options.now);
  for (const WrongFile& file : status.wrong_files) {
    text += concat({shown(file.path),
                    file.kept ? ": wrong; its last good version is announced: "
                              : ": wrong; nothing of it is announced: ",
                    shown(file.complaint), "\n"});
  }
  return text;
}

std::string status_line(const ServiceRow& service) {
  std::string line = concat({"\"", service.name, "\" ", service.type, ": ", service.state});
  if (!service.verified_on.empty()) line += " on " + joined(service.verified_on);
  if (!service.why.empty()) line += ": " + service.why;
  return shown(line);
}

std::string status_changes(const StatusView& before, const StatusView& after) {
  std::map<std::string_view, const ServiceRow*> known;
  for (const ServiceRow& service : before.services) known.emplace(service.key, &service);
  std::string text;
  for (const ServiceRow& service : after.services) {
    const auto old = known.find(service.key);
    const bool same = old != known.end() && status_line(*old->second) == status_line(service);
    if (!same) text += status_line(service) + '\n';
  }
  std::set<std::string_view> present;
  for (const ServiceRow& service : after.services) present.insert(service.key);
  for (const ServiceRow& service : before.services) {
    if (present.contains(service.key)) continue;
    text += shown(concat({"\"", service.name, "\" ", service.type, ": gone"})) + '\n';
  }
  if (before.trouble != after.trouble || before.backend != after.backend) {
    text += backend_line(after, seconds_of(after.started));
  }
  return text;
}

}  // namespace srvwarden::report
