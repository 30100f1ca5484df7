// The catalogue for people.
// SPDX-License-Identifier: Apache-2.0
#include "report/rules_text.hpp"

#include <algorithm>
#include <iterator>

#include "core/concat.hpp"
#include "report/finding_text.hpp"
#include "report/terminal.hpp"
#include "rules/fixes.hpp"
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

/// What the two letters of an id are about.
std::string_view family_of(std::string_view id) {
  struct Family {
    std::string_view letters;
    std::string_view title;
  };
  constexpr Family families[] = {
      {"BL", "links, against a baseline or a policy"},
      {"CK", "values as they are given"},
      {"DF", "files that declare services"},
      {"DN", "domains"},
      {"ES", "escapes in names"},
      {"HN", "host names"},
      {"IN", "instance names"},
      {"LT", "comments that silence rules"},
      {"MD", "multicast DNS messages"},
      {"NM", "names of the DNS"},
      {"PT", "pointers to instances, and lists of types"},
      {"RG", "IANA's registry"},
      {"SB", "subtypes"},
      {"SC", "addresses"},
      {"SN", "service names"},
      {"SR", "SRV records: host, port, priority, weight"},
      {"ST", "service types"},
      {"TX", "TXT records"},
  };
  const auto* family = std::ranges::find(families, id.substr(0, 2), &Family::letters);
  return family == std::end(families) ? "further rules" : family->title;
}

/// Calls back with each line of an example, fit to be shown.
template <class TakeLine>
void for_each_line(std::string_view input, TakeLine take_line) {
  while (!input.empty()) {
    const std::size_t end = std::min(input.find('\n'), input.size());
    take_line(shown(input.substr(0, end)));
    input.remove_prefix(std::min(end + 1, input.size()));
  }
}

/// An example with several lines keeps them, below its head; another stands beside it.
void append_example(std::string& out, std::string_view head, std::string_view input) {
  out += "  ";
  if (input.find('\n') == input.npos) {
    append_padded(out, head, 10);
    out.append(quoted(input)).append("\n");
    return;
  }
  out.append(head).append("\n");
  for_each_line(input, [&](const std::string& line) { out += concat({"    | ", line, "\n"}); });
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

/// Examples that fit a line of a manual page stand in one; others keep their lines.
void append_examples(std::string& out, std::string_view head, const Few<Example, 8>& examples) {
  constexpr std::size_t width = 50;
  const auto is_short = [](const Example& example) {
    return example.input.size() <= width && example.input.find('\n') == example.input.npos;
  };
  if (examples.size() == 0) return;
  out.append(head);
  if (std::ranges::all_of(examples, is_short)) {
    const char* separator = " ";
    for (const Example& example : examples) {
      out.append(separator).append(roff(quoted(example.input)));
      separator = ", ";
    }
    out += "\n.br\n";
    return;
  }
  out += "\n.nf\n";
  for (const Example& example : examples) {
    for_each_line(example.input,
                  [&](const std::string& line) { out += "\\&  " + roff(line) + '\n'; });
    if (&example != examples.end() - 1) out += "\\&\n";
  }
  out += ".fi\n";
}

void append_rule(std::string& out, const RuleInfo& rule) {
  out.append(".TP\n.B ").append(rule.id).append(" ").append(roff(rule.name)).append("\n");
  out.append(roff(rule.message)).append(".\n");
  if (!rule.why.empty()) out.append(roff(rule.why)).append("\n");
  out.append(roff(rule.help)).append("\n.br\n");
  out.append("Severity: ").append(roff(severity_words(rule))).append(". ");
  out.append(roff(references_of(rule))).append(".\n.br\n");
  append_examples(out, "Wrong:", rule.bad);
  append_examples(out, "Right:", rule.good);
}

}  // namespace

std::string rules_list() {
  std::string out =
      "Errors break a standard's requirement, warnings its recommendation; * is "
      "told only with --advice.\n`srvwarden rules ID` explains a rule.\n";
  std::string_view family;
  for (const RuleInfo* rule : catalogue()) {
    if (family_of(rule->id) != family) {
      family = family_of(rule->id);
      out.append("\n").append(family).append("\n");
    }
    append_padded(out.append(rule->advice ? "* " : "  "), rule->id, 5);
    append_padded(out, name_of(rule->severity), 7);
    append_padded(out, rule->name, 36);
    out.append(rule->message).append("\n");
  }
  return out;
}

std::string rule_explained(const RuleInfo& rule) {
  std::string out(rule.id);
  out.append(" ").append(rule.name).append("\n\n  ").append(rule.message).append(".\n");
  if (!rule.why.empty()) out.append("  ").append(rule.why).append("\n");
  out.append("\n  to mend    ").append(rule.help);
  if (has_fixes(rule)) out.append("\n             `srvwarden lint --fix` does so in files");
  out.append("\n  severity   ").append(severity_words(rule));
  out.append("\n  source     ").append(references_of(rule)).append("\n");
  if (const auto kind = examples_kind(rule))
    out.append("  checks     ").append(name_of(*kind)).append("\n");
  for (const Example& example : rule.bad) append_example(out, "wrong", example.input);
  for (const Example& example : rule.good) append_example(out, "right", example.input);
  if (!rule.no_example.empty()) {
    out.append("  example    none: ").append(rule.no_example).append("\n");
  }
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
      "recommendation, an info is worth knowing.\n.SH RULES\n.ad l\n.nh\n";
  std::string_view family;
  for (const RuleInfo* rule : catalogue()) {
    if (family_of(rule->id) != family) {
      family = family_of(rule->id);
      out.append(".SS ").append(roff(family)).append("\n");
    }
    append_rule(out, *rule);
  }
  out += ".SH SEE ALSO\n.BR srvwarden (1),\n.BR srvwardend (8)\n";
  return out;
}

}  // namespace srvwarden::report
