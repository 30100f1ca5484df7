// Tests of the rules of links: their examples, and what judge_link does with severities.
// SPDX-License-Identifier: Apache-2.0
#include "rules/link_rules.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

#include "rules/judge_link.hpp"
#include "rules/link_states.hpp"

using namespace srvwarden;
using namespace srvwarden::rules;

namespace {

/// "BL001 on Foo._http._tcp.local." of every finding.
std::multiset<std::string> told(const AuditResult& result) {
  std::multiset<std::string> out;
  const auto add = [&](const AuditObject& object) {
    for (const AuditFinding& one : object.findings) {
      out.insert(std::string(one.finding.rule->id) + " on " + object.name);
    }
  };
  for (const AuditedInstance& instance : result.instances) add(instance.object);
  for (const AuditObject& other : result.others) add(other);
  return out;
}

/// With a baseline where the states have one, or no policy.
AuditResult judged(const std::string& text, bool absence = true) {
  test::LinkStates states(text);
  const PolicyReading reading = read_link_policy(states.policy, "p.toml");
  BOOST_TEST(reading.faults.empty(), text);
  const bool compares = !states.before.empty() || states.policy.empty();
  judge_link(states.now, {.baseline = compares ? &states.before : nullptr,
                          .policy = &reading.policy,
                          .absence_is_known = absence});
  return states.now;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(link_rules_and_their_examples)

BOOST_AUTO_TEST_CASE(bad_examples_break_their_rule_alone_and_good_ones_not) {
  for (const auto& row : link_rules()) {
    for (const Example& example : row.info.bad) {
      BOOST_TEST_CONTEXT(row.info.id << " `" << example.input << "`") {
        const auto found = told(judged(std::string(example.input)));
        BOOST_TEST_REQUIRE(found.size() == 1U);
        BOOST_TEST(found.begin()->starts_with(row.info.id));
      }
    }
    for (const Example& example : row.info.good) {
      BOOST_TEST_CONTEXT(row.info.id << " `" << example.input << "`") {
        BOOST_TEST(told(judged(std::string(example.input))).empty());
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(severities_are_the_policys) {
  const std::string states =
      "was A._http._tcp.local. h.local. 80 10.0.0.1\nis A._http._tcp.local. g.local. 81 10.0.0.2\n";
  BOOST_TEST(told(judged(states)) == (std::multiset<std::string>{"BL004 on A._http._tcp.local.",
                                                                 "BL005 on A._http._tcp.local."}),
             boost::test_tools::per_element());
  const AuditResult result =
      judged(states + "[severity]\ninstance-moved = \"error\"\nbl005 = \"off\"");
  const auto& findings = result.instances.at(0).object.findings;
  BOOST_TEST_REQUIRE(findings.size() == 1U);
  BOOST_TEST((findings[0].finding.severity == Severity::error));
  BOOST_TEST(findings[0].finding.detail == "host h.local. -> g.local.; port 80 -> 81");
}

BOOST_AUTO_TEST_CASE(expectations) {
  const std::string lobby = "is Lobby._ipp._tcp.local. lobby.local. 631 10.0.0.5 rp=x\n";
  const std::string evil = "is Lobby2._ipp._tcp.local. evil.local. 631 10.0.0.6 rp=x\n";
  struct Row {
    std::string text;
    std::multiset<std::string> found;
  };
  const Row rows[] = {
      {lobby + "unexpected = \"error\"", {}},  // nothing is expected: nothing is unexpected
      {lobby + "[[expect]]\ntype = \"_http._tcp\"",
       {"BL008 on *._http._tcp", "BL009 on Lobby._ipp._tcp.local."}},
      {lobby + "unexpected = \"off\"\n[[expect]]\ntype = \"_http._tcp\"",
       {"BL008 on *._http._tcp"}},
      {lobby + "[[expect]]\ninstance = \"LOB??\"\nhost = \"lobby.local.\"", {}},
      {lobby + "[[expect]]\ninstance = \"Lob?\"",
       {"BL008 on Lob?.*", "BL009 on Lobby._ipp._tcp.local."}},
      // One of two is as expected: the other, under the same pattern, is not.
      {lobby + evil + "[[expect]]\ninstance = \"Lobby*\"\nhost = \"lobby.local\"",
       {"BL010 on Lobby2._ipp._tcp.local."}},
      // What is told as otherwise is not told as missing, too.
      {evil + "[[expect]]\ninstance = \"Lobby*\"\nhost = \"lobby.local\"",
       {"BL010 on Lobby2._ipp._tcp.local."}},
      {lobby + evil +
           "[[expect]]\ntype = \"_ipp._tcp\"\nhost = \"lobby.local\"\n"
           "[[expect]]\ntype = \"_ipp._tcp\"\nhost = \"evil.local\"",
       {}},
      {lobby + "[[expect]]\ntype = \"_ipp._tcp\"\ntxt = { rp = true, pdl = true }",
       {"BL010 on Lobby._ipp._tcp.local."}},
      {lobby + "[[expect]]\ntype = \"_ipp._tcp\"\ntxt = { RP = \"x\" }", {}},
      {lobby + "[[expect]]\ntype = \"_ipp._tcp\"\ntxt = { rp = \"X\" }",
       {"BL010 on Lobby._ipp._tcp.local."}},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text) {
      BOOST_TEST(told(judged(row.text)) == row.found, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(what_was_not_heard_yet_is_not_missing) {
  BOOST_TEST(told(judged("was A._http._tcp.local. h.local. 80 10.0.0.1", false)).empty());
  BOOST_TEST(told(judged("[[expect]]\ntype = \"_ipp._tcp\"", false)).empty());
  BOOST_TEST(told(judged("is A._http._tcp.local. h.local. 80 10.0.0.1", false)).size() == 1U);
}

BOOST_AUTO_TEST_CASE(the_worst_stands_first) {
  const AuditResult result = judged(
      "was A._http._tcp.local. h.local. 80 10.0.0.1 a=1\n"
      "is A._http._tcp.local. h.local. 80 10.0.0.1 a=2\n"
      "is B._http._tcp.local. h.local. 80 10.0.0.1");
  BOOST_TEST(result.instances.at(0).label == "B");
  BOOST_TEST((result.worst() == Severity::warning));
}

BOOST_AUTO_TEST_SUITE_END()
