// Tests of what is new in an audit: each thing is told once, and again when it is another.
// SPDX-License-Identifier: Apache-2.0
#include "report/audit_changes.hpp"

#include <boost/test/unit_test.hpp>

#include "srvwarden/catalogue.hpp"

using namespace srvwarden;
using namespace srvwarden::report;

namespace {

rules::AuditFinding finding(std::string_view rule) {
  rules::AuditFinding audited;
  audited.finding.rule = find_rule(rule);
  return audited;
}

rules::AuditResult one_instance() {
  rules::AuditResult result;
  rules::AuditedInstance& instance = result.instances.emplace_back();
  instance.object.name = "Foo._http._tcp.local.";
  instance.object.kind = rules::ObjectKind::instance;
  instance.services.push_back({"h.local.", {.port = 80}});
  return result;
}

/// "new Foo._http._tcp.local." or "resolved Foo._http._tcp.local. IN005", one after another.
std::vector<std::string> told(AuditChanges& changes, const rules::AuditResult& result) {
  std::vector<std::string> out;
  for (const AuditChange& change : changes.update(result)) {
    std::string& text = out.emplace_back(name_of(change.change));
    text.append(" ").append(change.instance ? change.instance->object.name : change.object->name);
    if (change.finding) text.append(" ").append(change.finding->finding.rule->id);
  }
  return out;
}

using Texts = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(audit_changes)

BOOST_AUTO_TEST_CASE(instances) {
  AuditChanges changes;
  rules::AuditResult result = one_instance();
  BOOST_TEST(told(changes, {}) == Texts{});
  BOOST_TEST(told(changes, result) == Texts{"new Foo._http._tcp.local."});
  BOOST_TEST(told(changes, result) == Texts{});
  result.instances[0].last += std::chrono::seconds(1);  // seen again: no news
  BOOST_TEST(told(changes, result) == Texts{});
  result.instances[0].services[0].fields.port = 81;
  BOOST_TEST(told(changes, result) == Texts{"changed Foo._http._tcp.local."});
  result.instances[0].txt = {"a=b"};
  BOOST_TEST(told(changes, result) == Texts{"changed Foo._http._tcp.local."});
  result.instances[0].gone = true;
  BOOST_TEST(told(changes, result) == Texts{"gone Foo._http._tcp.local."});
  result.instances[0].gone = false;
  BOOST_TEST(told(changes, result) == Texts{"changed Foo._http._tcp.local."});
}

BOOST_AUTO_TEST_CASE(texts_do_not_run_together) {
  AuditChanges changes;
  rules::AuditResult result = one_instance();
  result.instances[0].txt = {"ab", "c"};
  told(changes, result);
  result.instances[0].txt = {"a", "bc"};
  BOOST_TEST(told(changes, result) == Texts{"changed Foo._http._tcp.local."});
}

BOOST_AUTO_TEST_CASE(findings) {
  AuditChanges changes;
  rules::AuditResult result = one_instance();
  told(changes, result);
  result.instances[0].object.findings = {finding("IN005")};
  BOOST_TEST(told(changes, result) == Texts{"new Foo._http._tcp.local. IN005"});
  ++result.instances[0].object.findings[0].count;
  BOOST_TEST(told(changes, result) == Texts{});
  result.others.push_back(
      {rules::ObjectKind::host, "Foo._http._tcp.local.", "", {finding("IN005")}});
  BOOST_TEST(told(changes, result) == Texts{"new Foo._http._tcp.local. IN005"});  // another kind
  result.others.clear();
  BOOST_TEST(told(changes, result) == Texts{"resolved Foo._http._tcp.local. IN005"});
  result.instances.clear();
  BOOST_TEST(told(changes, result) == Texts{"resolved Foo._http._tcp.local. IN005"});
  BOOST_TEST(told(changes, result) == Texts{});
}

BOOST_AUTO_TEST_SUITE_END()
