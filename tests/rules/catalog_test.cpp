// The catalogue: every rule's examples, run as a user would check them.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/catalogue.hpp"

#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

#include "srvwarden/check.hpp"
#include "srvwarden/error.hpp"
#include "srvwarden/registry.hpp"

using namespace srvwarden;

namespace {

/// Rules of packets and files have examples of their own form, run by their own tests.
bool has_value_examples(const RuleInfo& rule) {
  for (const std::string_view family :
       {"SN", "ST", "SB", "ES", "NM", "IN", "DN", "HN", "TX", "SR", "RG", "CK"}) {
    if (rule.id.starts_with(family)) return examples_kind(rule).has_value();
  }
  return rule.id == "PT009";
}

/// Only the rules that need the registry are given it, so that others stand alone.
CheckOptions options_for(const RuleInfo& rule, const Example& example) {
  const bool registry = rule.id.starts_with("RG") || rule.id == "ST006" || rule.id == "SN011";
  return {.context = example.context,
          .advice = rule.advice,
          .registry = registry ? &Registry::builtin() : nullptr};
}

/// Carets under every byte that the finding names.
std::string marks_of(const Finding& finding) {
  std::string marks;
  const auto mark = [&](Span span) {
    const std::size_t length = std::max<std::size_t>(span.length, 1);  // a place has one caret
    if (marks.size() < span.offset + length) marks.resize(span.offset + length, ' ');
    marks.replace(span.offset, length, length, '^');
  };
  mark(finding.at);
  for (const Span span : finding.more) mark(span);
  while (marks.ends_with(' ')) marks.pop_back();
  return marks;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(catalog)

BOOST_AUTO_TEST_CASE(ids_and_names_are_unique_and_findable) {
  std::set<std::string_view> seen;
  for (const RuleInfo* rule : catalogue()) {
    BOOST_TEST_CONTEXT(rule->id) {
      BOOST_TEST(seen.insert(rule->id).second);
      BOOST_TEST(seen.insert(rule->name).second);
      BOOST_TEST(find_rule(rule->id) == rule);
      BOOST_TEST(find_rule(rule->name) == rule);
      BOOST_TEST(rule->id.size() == 5U);
      BOOST_TEST(!rule->message.empty());
      BOOST_TEST(!rule->help.empty());
      BOOST_TEST(rule->references.size() > 0U);
      const bool shown_by_example = rule->bad.size() > 0 && rule->good.size() > 0;
      BOOST_TEST(rule->no_example.empty() == shown_by_example);
    }
  }
  BOOST_TEST(!find_rule("SN999"));
  BOOST_TEST(find_rule("sn002") == find_rule("SN002"));
}

BOOST_AUTO_TEST_CASE(every_code_of_parse_is_a_rule) {
  for (int code = 1; !rule_id(static_cast<Errc>(code)).empty(); ++code) {
    const RuleInfo* rule = find_rule(rule_id(static_cast<Errc>(code)));
    BOOST_TEST_CONTEXT(rule_id(static_cast<Errc>(code))) {
      BOOST_TEST_REQUIRE(rule);
      BOOST_TEST((rule->severity == Severity::error));
      BOOST_TEST(!rule->sender_only);
    }
  }
}

BOOST_AUTO_TEST_CASE(bad_examples_break_their_rule_alone) {
  for (const RuleInfo* rule : catalogue()) {
    if (!has_value_examples(*rule)) continue;
    for (const Example& example : rule->bad) {
      BOOST_TEST_CONTEXT(rule->id << " `" << example.input << "`") {
        Checker checker(options_for(*rule, example));
        Findings findings = checker.check(*examples_kind(*rule), example.input);
        // SN011 is about names that are not registered, which RG001 says as well.
        if (rule->id == "SN011") {
          std::erase_if(findings, [](const Finding& f) { return f.rule->id == "RG001"; });
        }
        for (const Finding& finding : findings) BOOST_TEST(finding.rule->id == rule->id);
        BOOST_TEST_REQUIRE(findings.size() == 1U);
        if (!example.marks.empty()) BOOST_TEST(marks_of(findings.front()) == example.marks);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(good_examples_break_none) {
  for (const RuleInfo* rule : catalogue()) {
    if (!has_value_examples(*rule)) continue;
    for (const Example& example : rule->good) {
      BOOST_TEST_CONTEXT(rule->id << " `" << example.input << "`") {
        Checker checker(options_for(*rule, example));
        for (const Finding& finding : checker.check(*examples_kind(*rule), example.input)) {
          BOOST_TEST(finding.rule->id != rule->id);
        }
      }
    }
  }
}

/// A place has no cost of its own: what has faults everywhere is judged in a moment.
BOOST_AUTO_TEST_CASE(faults_in_every_octet_take_linear_time, *boost::unit_test::timeout(60)) {
  for (const std::string_view piece :
       {"a.", ".", "-\xFF", "\x01", "--a", "_.", "\\300", "\\3", "\xE9"}) {
    std::string value;
    while (value.size() < (std::size_t{1} << 19)) value += piece;
    Checker checker(CheckOptions{});
    for (const Kind kind : {Kind::service_type, Kind::instance, Kind::full_name, Kind::host_name}) {
      BOOST_TEST(!checker.check(kind, value).empty(), piece);
    }
  }
}

BOOST_AUTO_TEST_CASE(suggestions_are_no_worse) {
  for (const RuleInfo* rule : catalogue()) {
    if (!has_value_examples(*rule)) continue;
    for (const Example& example : rule->bad) {
      Checker checker(options_for(*rule, example));
      const Findings findings = checker.check(*examples_kind(*rule), example.input);
      for (const Finding& finding : findings) {
        if (finding.suggestion.empty()) continue;
        BOOST_TEST_CONTEXT(rule->id << " `" << example.input << "` -> `" << finding.suggestion
                                    << "`") {
          for (const Finding& again : checker.check(*examples_kind(*rule), finding.suggestion)) {
            BOOST_TEST(again.rule->id != rule->id);
          }
        }
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
