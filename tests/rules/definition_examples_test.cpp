// The examples of rules about whole files: the DF family, and those that need several values.
// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <string>

#include "rules/check_definition.hpp"
#include "rules/suppressions.hpp"
#include "srvwarden/catalogue.hpp"
#include "srvwarden/registry.hpp"

using namespace srvwarden;

namespace {

/// Rules whose examples are small definition files.
bool has_file_examples(const RuleInfo& rule) {
  for (const std::string_view id : {"SB003", "TX018", "RG005", "RG006", "RG007", "RG008", "RG009",
                                    "SR004", "SR009", "PT008", "PT012", "PT014"}) {
    if (rule.id == id) return true;
  }
  return rule.id.starts_with("DF") || rule.id.starts_with("LT");
}

/// A name that tells the format of an example; the two formats of daemons are told by content.
std::string name_for(std::string_view file) {
  if (file.starts_with("<plist") || file.starts_with("bplist")) return "Info.plist";
  if (file.starts_with("apiVersion:")) return "example.yaml";
  if (file.starts_with("services:")) return "compose.yaml";
  if (file.starts_with("job ")) return "example.nomad";
  if (file.starts_with("service {")) return "example.hcl";
  return "example";
}

Definition read(std::string_view file) {
  const std::string name = name_for(file);
  const auto format = find_definition_format(name, file);
  return format ? read_definition(name, file, *format) : read_definition(name, file);
}

/// Findings of a file; only the rules that need the registry are given it.
Findings check(const RuleInfo& rule, std::string_view file) {
  const Registry* registry = rule.id.starts_with("RG") ? &Registry::builtin() : nullptr;
  const Definition definition = read(file);
  Findings findings = check_definition(definition, {.advice = rule.advice, .registry = registry});
  heed_suppressions(findings, definition.format, file);
  return findings;
}

std::string marks_of(const Finding& finding) {
  return std::string(finding.at.offset, ' ') + std::string(finding.at.length, '^');
}

}  // namespace

BOOST_AUTO_TEST_SUITE(definition_examples)

BOOST_AUTO_TEST_CASE(bad_examples_break_their_rule) {
  std::size_t examples = 0;
  for (const RuleInfo* rule : catalogue()) {
    if (!has_file_examples(*rule)) continue;
    BOOST_TEST(!examples_kind(*rule), rule->id);
    for (const Example& example : rule->bad) {
      ++examples;
      BOOST_TEST_CONTEXT(rule->id << " `" << example.input << "`") {
        const Findings findings = check(*rule, example.input);
        std::size_t own = 0;
        for (const Finding& finding : findings) {
          // Rules about one port say several things about it.
          if (!rule->id.starts_with("RG")) BOOST_TEST(finding.rule->id == rule->id);
          if (finding.rule != rule) continue;
          ++own;
          if (!example.marks.empty()) BOOST_TEST(marks_of(finding) == example.marks);
        }
        BOOST_TEST(own == 1U);
      }
    }
  }
  BOOST_TEST(examples > 20U);
}

BOOST_AUTO_TEST_CASE(good_examples_break_none) {
  for (const RuleInfo* rule : catalogue()) {
    if (!has_file_examples(*rule)) continue;
    for (const Example& example : rule->good) {
      BOOST_TEST_CONTEXT(rule->id << " `" << example.input << "`") {
        for (const Finding& finding : check(*rule, example.input)) {
          BOOST_TEST(finding.rule->id != rule->id);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
