// services(5): name, port/protocol, aliases, # title.
// SPDX-License-Identifier: Apache-2.0
#include "report/services_file.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <tuple>
#include <vector>

#include "report/terminal.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::report {
namespace {

struct Line {
  RegistryRecord row;
  std::vector<std::string_view> aliases;
};

/// A name that the format can hold: no blank ends it, and no '#' begins a comment in it.
bool fits(std::string_view name) {
  return !name.empty() && std::none_of(name.begin(), name.end(), [](char c) {
    return c <= ' ' || c == '#' || !ascii::is_ascii(c);
  });
}

bool belongs(const RegistryRecord& row) {
  if (!row.ports.present || row.transport == RegistryTransport::none || !fits(row.name)) {
    return false;
  }
  switch (row.status) {
    case RegistryStatus::assigned:
    case RegistryStatus::unofficial:
    case RegistryStatus::historic_alias:
    case RegistryStatus::duplicate:
      return true;
    case RegistryStatus::reserved:
    case RegistryStatus::unassigned:
    case RegistryStatus::removed:
    case RegistryStatus::local_use:
    case RegistryStatus::not_a_service:
      return false;
  }
  return false;
}

using Port = std::tuple<std::uint16_t, RegistryTransport>;

Port port_of(const RegistryRecord& row) { return {row.ports.first, row.transport}; }

/// An alias stands beside what replaces it, where that has the same port; else it has its own line.
class Lines {
 public:
  void add(const RegistryRecord& row) {
    for (Line& line : by_port_[port_of(row)]) {
      if (ascii::equal(line.row.name, row.name)) return;
    }
    by_port_[port_of(row)].push_back({row, {}});
  }

  bool add_alias(const RegistryRecord& alias) {
    for (Line& line : by_port_[port_of(alias)]) {
      if (!ascii::equal(line.row.name, alias.replacement)) continue;
      line.aliases.push_back(alias.name);
      return true;
    }
    return false;
  }

  const std::map<Port, std::vector<Line>>& by_port() const { return by_port_; }

 private:
  std::map<Port, std::vector<Line>> by_port_;
};

std::string text_of(const Line& line) {
  const std::string port =
      std::to_string(line.row.ports.first) + '/' + std::string(name_of(line.row.transport));
  std::string aliases;
  for (const std::string_view alias : line.aliases) {
    aliases.append(aliases.empty() ? "" : " ").append(alias);
  }
  std::string text;
  const auto add_column = [&](std::string_view column, std::size_t width) {
    text += column;
    text.append(column.size() < width ? width - column.size() : 0, ' ');
    text += ' ';
  };
  add_column(line.row.name, 23);
  add_column(port, 15);
  add_column(aliases, 15);
  if (!line.row.title.empty()) text += "# " + shown(line.row.title);
  text.erase(text.find_last_not_of(' ') + 1);
  return text + '\n';
}

}  // namespace

std::string services_file(const Registry& registry) {
  Lines lines;
  std::vector<RegistryRecord> aliases;
  for (const RegistryRecord& row : registry.records()) {
    if (!belongs(row)) continue;
    if (row.replacement.empty()) {
      lines.add(row);
    } else {
      aliases.push_back(row);
    }
  }
  for (const RegistryRecord& alias : aliases) {
    if (!lines.add_alias(alias)) lines.add(alias);
  }
  std::string text =
      "# Services of the Internet, services(5): names, ports, aliases, titles.\n"
      "# Made by `srvwarden registry export` from IANA's registry, edition " +
      (registry.edition() ? to_text(registry.edition()) : std::string("unknown")) + ".\n";
  for (const auto& [port, same_port] : lines.by_port()) {
    for (const Line& line : same_port) text += text_of(line);
  }
  return text;
}

}  // namespace srvwarden::report
