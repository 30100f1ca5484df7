// Findings and rules as JSON values.
// SPDX-License-Identifier: Apache-2.0
#include "report/finding_json.hpp"

#include <nlohmann/json.hpp>

#include "report/finding_text.hpp"
#include "rules/fixes.hpp"
#include "srvwarden/catalogue.hpp"

namespace srvwarden::report {

using nlohmann::ordered_json;

ordered_json to_json(const Finding& finding) {
  ordered_json out = {
      {"rule", finding.rule->id},
      {"name", finding.rule->name},
      {"severity", name_of(finding.severity)},
      {"message", message_of(finding)},
      {"help", help_of(finding)},
      {"reference", references_of(*finding.rule)},
      {"offset", finding.at.offset},
      {"length", finding.at.length},
      {"suggestion",
       finding.suggestion.empty() ? ordered_json() : ordered_json(finding.suggestion)},
  };
  for (const Span span : finding.more) {
    out["more"].push_back({{"offset", span.offset}, {"length", span.length}});
  }
  for (const Edit& edit : finding.fix) {
    out["fix"].push_back(
        {{"offset", edit.at.offset}, {"length", edit.at.length}, {"text", edit.text}});
  }
  return out;
}

ordered_json to_json(const RuleInfo& rule) {
  ordered_json out = {
      {"id", rule.id},
      {"name", rule.name},
      {"severity", name_of(rule.severity)},
      {"severity_in_unicast", name_of(rule.in_unicast.value_or(rule.severity))},
      {"advice", rule.advice},
      {"heuristic", rule.heuristic},
      {"fixable", has_fixes(rule)},
      {"message", rule.message},
      {"help", rule.help},
      {"why", rule.why.empty() ? ordered_json() : ordered_json(rule.why)},
      {"reference", references_of(rule)},
      {"examples_as", nullptr},
      {"bad", ordered_json::array()},
      {"good", ordered_json::array()},
  };
  if (const auto kind = examples_kind(rule)) out["examples_as"] = name_of(*kind);
  for (const Example& example : rule.bad) out["bad"].push_back(example.input);
  for (const Example& example : rule.good) out["good"].push_back(example.input);
  return out;
}

std::string dump_indented(const ordered_json& value) {
  return value.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string dump(const ordered_json& value) {
  return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace srvwarden::report
