// Events of a history in words.
// SPDX-License-Identifier: Apache-2.0
#include "report/changes_report.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "report/audit_report.hpp"
#include "report/terminal.hpp"
#include "rules/octets_text.hpp"
#include "srvwarden/catalogue.hpp"

namespace srvwarden::report {

namespace {

using history::Event;
using history::EventKind;
using nlohmann::ordered_json;

std::string_view name_of_event(const Event& event) {
  switch (event.kind) {
    case EventKind::began:
      return "began";
    case EventKind::change:
      return rules::name_of(event.change.kind);
    case EventKind::appeared:
      return "finding";
    case EventKind::vanished:
      return "vanished";
  }
  return "";
}

ordered_json octets(const std::optional<std::string>& value) {
  return value ? ordered_json(rules::octets_text(*value)) : ordered_json();
}

std::string words_of(const Event& event) {
  switch (event.kind) {
    case EventKind::began:
      return std::to_string(event.instances) +
             (event.instances == 1 ? " instance on " : " instances on ") + event.inputs;
    case EventKind::change:
      return event.change.name + "  " + rules::described(event.change.fields);
    case EventKind::appeared:
    case EventKind::vanished:
      return event.finding.object + "  " + event.finding.severity + '[' + event.finding.rule +
             "]: " + event.finding.message;
  }
  return "";
}

}  // namespace

std::string event_line(const Event& event) {
  constexpr std::size_t width = 10;
  std::string kind(name_of_event(event));
  kind.resize(width, ' ');
  return time_text(event.time) + "  " + kind + shown(words_of(event)) + '\n';
}

ordered_json to_json(const rules::Change& change) {
  ordered_json out = {{"name", change.name}};
  if (const auto parts = rules::parts_of_name(change.name)) {
    out["instance"] = rules::octets_text(parts->label);
    out["type"] = parts->type;
  }
  out["fields"] = ordered_json::array();
  for (const rules::FieldChange& field : change.fields) {
    out["fields"].push_back(
        {{"field", field.field}, {"before", octets(field.before)}, {"after", octets(field.after)}});
  }
  return out;
}

ordered_json to_json(const history::RecordedFinding& finding) {
  const RuleInfo* rule = find_rule(finding.rule);
  return {{"rule", finding.rule},
          {"name", rule == nullptr ? ordered_json() : ordered_json(rule->name)},
          {"severity", finding.severity},
          {"object", finding.object},
          {"message", finding.message}};
}

ordered_json to_json(const Event& event) {
  ordered_json out = {
      {"time", time_text(event.time)}, {"event", name_of_event(event)}, {"inputs", event.inputs}};
  switch (event.kind) {
    case EventKind::began:
      out["instances"] = event.instances;
      break;
    case EventKind::change:
      out.update(to_json(event.change));
      break;
    case EventKind::appeared:
    case EventKind::vanished:
      out.update(to_json(event.finding));
      break;
  }
  return out;
}

}  // namespace srvwarden::report
