// A rule as SARIF's reportingDescriptor: the catalogue's row, with its help as text and Markdown.
// SPDX-License-Identifier: Apache-2.0
#include "report/sarif_rule.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "core/concat.hpp"
#include "report/finding_text.hpp"
#include "report/terminal.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::report {
namespace {

using nlohmann::ordered_json;

/// What nothing in a text can end: one backtick more than the longest run in it.
std::string fence_of(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return std::string(std::max<std::size_t>(longest + 1, 3), '`');
}

/// An example as it stands in its file; controls are spelt out line by line.
std::string block_of(const Example& example) {
  std::string lines;
  std::string_view rest = example.input;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    lines.append(shown(rest.substr(0, end))).append("\n");
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const std::string fence = fence_of(lines);
  return concat({fence, "\n", lines, fence, "\n"});
}

void append_examples(std::string& out, std::string_view head, const Few<Example, 8>& examples) {
  if (examples.size() == 0) return;
  out.append("\n").append(head).append("\n\n");
  for (const Example& example : examples) out += block_of(example);
}

std::string markdown_of(const RuleInfo& rule) {
  std::string out;
  if (!rule.why.empty()) out.append(rule.why).append("\n\n");
  out += rule.help;
  out += "\n\n";
  const char* separator = "";
  for (const Reference& reference : rule.references) {
    const std::string words = words_of(reference);
    out.append(separator);
    out += reference.rfc == 0 ? words : concat({"[", words, "](", link_of(reference), ")"});
    separator = ", ";
  }
  out += "\n";
  append_examples(out, "Wrong:", rule.bad);
  append_examples(out, "Right:", rule.good);
  return out;
}

ordered_json properties_of(const RuleInfo& rule) {
  ordered_json tags = {"dns-sd"};
  if (rule.advice) tags.push_back("advice");
  if (rule.heuristic) tags.push_back("heuristic");
  const char* severity = rule.severity == Severity::error     ? "error"
                         : rule.severity == Severity::warning ? "warning"
                                                              : "recommendation";
  return {{"tags", std::move(tags)},
          {"precision", rule.heuristic ? "medium" : "very-high"},
          {"problem.severity", severity}};
}

}  // namespace

std::string_view sarif_level(Severity severity) noexcept {
  return severity == Severity::info ? "note" : name_of(severity);
}

ordered_json sarif_rule(const RuleInfo& rule) {
  const auto sentence = [](std::string_view text) { return concat({text, "."}); };
  ordered_json out = {
      {"id", rule.id},
      {"name", rule.name},
      {"shortDescription", {{"text", sentence(rule.message)}}},
      {"fullDescription", {{"text", concat({sentence(rule.message), " ", rule.help})}}},
      {"help",
       {{"text", concat({rule.help, " (", references_of(rule), ")"})},
        {"markdown", markdown_of(rule)}}},
      {"defaultConfiguration", {{"level", sarif_level(rule.severity)}}},
      {"properties", properties_of(rule)}};
  const auto* rfc =
      std::ranges::find_if(rule.references, [](const Reference& r) { return r.rfc != 0; });
  if (rfc != rule.references.end()) out["helpUri"] = link_of(*rfc);
  return out;
}

}  // namespace srvwarden::report
