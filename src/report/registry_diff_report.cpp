// Telling what changed between two editions.
// SPDX-License-Identifier: Apache-2.0
#include "report/registry_diff_report.hpp"

#include <nlohmann/json.hpp>

#include "report/registry_json.hpp"
#include "report/terminal.hpp"
#include "srvwarden/registry_service.hpp"

namespace srvwarden::report {
namespace {

using nlohmann::ordered_json;

std::string date_or_unknown(RegistryDate date) { return date ? to_text(date) : "unknown"; }

std::string counted(std::size_t count, std::string_view noun) {
  std::string text = std::to_string(count) + ' ';
  text.append(noun).append(count == 1 ? "" : "s");
  return text;
}

std::string places(const RegistryChange& change) {
  std::string text;
  for (const std::string& place : change.where) text += (text.empty() ? "" : ", ") + place;
  return text;
}

void add_names(std::string& out, char sign, const std::vector<std::string_view>& names,
               const Registry& registry) {
  for (const std::string_view name : names) {
    const std::string_view title = registry.title(name);
    out.append(1, sign).append(" ").append(shown(name));
    if (!title.empty()) out.append(": ").append(shown(title));
    out += '\n';
  }
}

void add_change(std::string& out, const RegistryChange& change) {
  const bool added = change.before.empty() && change.field == "row";
  const bool removed = change.after.empty() && change.field == "row";
  out.append("    ").append(places(change)).append(" ");
  if (added) {
    out.append("added: ").append(shown(change.after));
  } else if (removed) {
    out.append("removed: ").append(shown(change.before));
  } else {
    const auto quoted = [](const std::string& text) {
      return text.empty() ? std::string("nothing") : '"' + shown(text) + '"';
    };
    out.append(change.field).append(": ").append(quoted(change.before));
    out.append(" -> ").append(quoted(change.after));
  }
  out += '\n';
}

ordered_json to_json(const RegistryChange& change) {
  const auto stated = [](const std::string& text) {
    return text.empty() ? ordered_json() : ordered_json(text);
  };
  return {{"field", change.field},
          {"rows", change.where},
          {"before", stated(change.before)},
          {"after", stated(change.after)}};
}

ordered_json to_json(const std::vector<std::string_view>& names, const Registry& registry) {
  ordered_json out = ordered_json::array();
  for (const std::string_view name : names) {
    out.push_back(report::to_json(service_of(registry.find(name))));
  }
  return out;
}

ordered_json to_json(const std::vector<RegistryChange>& changes) {
  ordered_json out = ordered_json::array();
  for (const RegistryChange& change : changes) out.push_back(to_json(change));
  return out;
}

}  // namespace

std::string diff_summary(const RegistryDiff& diff) {
  std::size_t rows = 0;
  for (const RegistryChange& change : diff.ports) rows += change.where.size();
  return date_or_unknown(diff.before) + " -> " + date_or_unknown(diff.after) + ": " +
         counted(diff.added.size(), "name") + " added, " + std::to_string(diff.removed.size()) +
         " removed, " + std::to_string(diff.changed.size()) + " changed; " +
         counted(rows, "change") + " of ports without a name\n";
}

std::string diff_names(const RegistryDiff& diff, const Registry& before, const Registry& after) {
  std::string out = diff_summary(diff);
  add_names(out, '+', diff.added, after);
  add_names(out, '-', diff.removed, before);
  return out;
}

std::string diff_text(const RegistryDiff& diff, const Registry& before, const Registry& after) {
  std::string out = diff_names(diff, before, after);
  for (const RegistryNameChange& name : diff.changed) {
    out.append("~ ").append(shown(name.name)).append("\n");
    for (const RegistryChange& change : name.changes) add_change(out, change);
  }
  if (!diff.ports.empty()) out += "~ ports without a name\n";
  for (const RegistryChange& change : diff.ports) add_change(out, change);
  return out;
}

ordered_json diff_json(const RegistryDiff& diff, const Registry& before, const Registry& after) {
  const auto date = [](RegistryDate of) { return of ? ordered_json(to_text(of)) : ordered_json(); };
  ordered_json out = {
      {"before", date(diff.before)},         {"after", date(diff.after)},
      {"added", to_json(diff.added, after)}, {"removed", to_json(diff.removed, before)},
      {"changed", ordered_json::array()},    {"ports", to_json(diff.ports)},
  };
  for (const RegistryNameChange& name : diff.changed) {
    out["changed"].push_back({{"name", name.name}, {"changes", to_json(name.changes)}});
  }
  return out;
}

}  // namespace srvwarden::report
