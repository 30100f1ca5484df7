// The catalogue for people.
// SPDX-License-Identifier: Apache-2.0
#include "report/rules_text.hpp"

#include "core/concat.hpp"
#include "report/finding_text.hpp"
#include "report/terminal.hpp"
#include "srvwarden/catalogue.hpp"

namespace srvwarden::report {
namespace {

std::string severity_words(const RuleInfo& rule) {
  std::string out(name_of(rule.severity));
  if (rule.in_unicast)
    out.append(" (in unicast DNS: ").append(name_of(*rule.in_unicast)).append(")");
  if (rule.advice) out += ", only with --advice";
  if (rule.heuristic) out += ", a guess";
  if (rule.sender_only) out += ", for senders: receivers accept it";
  return out;
}

std::string quoted(std::string_view input) { return concat({"`", shown(input), "`"}); }

void append_padded(std::string& out, std::string_view text, std::size_t width) {
  out += text;
  if (text.size() < width) out.append(width - text.size(), ' ');
  out += ' ';
}

/// Text of a manual page: no line may start with a control character of roff.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if ((c == '.' || c == '\'') && out.empty()) {
      out.append("\\&").append(1, c);
    } else {
      out += c;
    }
  }
  return out;
}

void append_examples(std::string& out, std::string_view head, const Few<Example, 8>& examples) {
  if (examples.size() == 0) return;
  out.append(head);
  const char* separator = "";
  for (const Example& example : examples) {
    out.append(separator).append(roff(quoted(example.input)));
    separator = ", ";
  }
  out += "\n.br\n";
}

void append_rule(std::string& out, const RuleInfo& rule) {
  out.append(".TP\n.B ").append(rule.id).append(" ").append(roff(rule.name)).append("\n");
  out.append(roff(rule.message)).append(".\n").append(roff(rule.help)).append("\n.br\n");
  out.append("Severity: ").append(roff(severity_words(rule))).append(". ");
  out.append(roff(references_of(rule))).append(".\n.br\n");
  append_examples(out, "Wrong: ", rule.bad);
  append_examples(out, "Right: ", rule.good);
}

}  // namespace

std::string rules_list() {
  std::string out;
  for (const RuleInfo* rule : catalogue()) {
    append_padded(out, rule->id, 5);
    append_padded(out, name_of(rule->severity), 7);
    append_padded(out, rule->name, 36);
    out.append(rule->message).append("\n");
  }
  return out;
}

std::string rule_explained(const RuleInfo& rule) {
  std::string out(rule.id);
  out.append(" ").append(rule.name).append("\n\n  ").append(rule.message).append(".\n  ");
  out.append(rule.help).append("\n\n  severity   ").append(severity_words(rule));
  out.append("\n  source     ").append(references_of(rule)).append("\n");
  if (const auto kind = examples_kind(rule))
    out.append("  checks     ").append(name_of(*kind)).append("\n");
  for (const Example& example : rule.bad)
    out.append("  wrong      ").append(quoted(example.input)).append("\n");
  for (const Example& example : rule.good)
    out.append("  right      ").append(quoted(example.input)).append("\n");
  return out;
}

std::string rules_manual() {
  std::string out =
      ".\\\" Made from the rule catalogue by `srvwarden rules --format man`.\n"
      ".TH SRVWARDEN\\-RULES 7 \"\" srvwarden\n.SH NAME\nsrvwarden\\-rules \\- what srvwarden "
      "checks\n"
      ".SH DESCRIPTION\nEach rule has an id, which never changes, and a name in words; either "
      "works\n"
      "wherever a rule is named. An error breaks a standard's requirement, a warning its\n"
      "recommendation, an info is worth knowing.\n.SH RULES\n";
  for (const RuleInfo* rule : catalogue()) append_rule(out, *rule);
  out += ".SH SEE ALSO\n.BR srvwarden (1),\n.BR srvwardend (8)\n";
  return out;
}

}  // namespace srvwarden::report
