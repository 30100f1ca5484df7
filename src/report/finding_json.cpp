// Findings and rules as JSON values.
// SPDX-License-Identifier: Apache-2.0
#include "report/finding_json.hpp"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "report/finding_text.hpp"
#include "rules/fixes.hpp"
#include "srvwarden/catalogue.hpp"
#include "srvwarden/utf8.hpp"

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

namespace {

/// Whether a character that JSON may hold as it is does harm where the JSON is shown or embedded:
/// it is a control of a terminal, it changes the direction of what stands around it, or ends a
/// line.
bool is_risky(char32_t c) {
  const bool control = c >= 0x7F && c < 0xA0;
  const bool direction = c == 0x061C || c == 0x200E || c == 0x200F ||
                         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  return control || direction || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB);
}

void append_escape(std::string& out, char32_t c) {
  char text[16];
  std::snprintf(text, sizeof text, "\\u%04x", static_cast<unsigned>(c));
  out += text;
}

/// The same value, which no terminal, page or script takes for anything but data. Of what is
/// replaced, nothing can stand outside of strings.
std::string harmless(const std::string& json) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t at = 0; at < json.size();) {
    const auto byte = static_cast<unsigned char>(json[at]);
    if (byte < 0x7F) {
      const bool opens = json[at] == '<' && at + 1 < json.size() &&
                         (json[at + 1] == '/' || json[at + 1] == '!' || json[at + 1] == 's');
      opens ? append_escape(out, '<') : void(out += json[at]);
      ++at;
      continue;
    }
    const utf8::Step step = utf8::read(json, at);
    const std::size_t size = std::max<std::size_t>(step.size, 1);
    is_risky(step.code_point) ? append_escape(out, step.code_point)
                              : void(out.append(json, at, size));
    at += size;
  }
  return out;
}

}  // namespace

std::string dump_indented(const ordered_json& value) {
  return harmless(value.dump(2, ' ', false, ordered_json::error_handler_t::replace)) + "\n";
}

std::string dump(const ordered_json& value) {
  return harmless(value.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
}

}  // namespace srvwarden::report
