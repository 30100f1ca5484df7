// Making records of audits.
// SPDX-License-Identifier: Apache-2.0
#include "history/record.hpp"

#include <utility>

#include "rules/octets_text.hpp"

namespace srvwarden::history {

namespace {

void add_findings(const rules::AuditObject& object, std::vector<RecordedFinding>& out) {
  for (const rules::AuditFinding& one : object.findings) {
    const Finding& finding = one.finding;
    std::string message(finding.rule->message);
    if (!finding.detail.empty()) message += ": " + finding.detail;
    out.push_back({std::string(finding.rule->id), std::string(name_of(finding.severity)),
                   object.name, rules::message_text(message), one.count});
  }
}

}  // namespace

std::vector<RecordedFinding> findings_of(const rules::AuditResult& result) {
  std::vector<RecordedFinding> out;
  for (const auto& instance : result.instances) add_findings(instance.object, out);
  for (const rules::AuditObject& other : result.others) add_findings(other, out);
  return out;
}

AuditRecord record_of(const rules::AuditResult& result, std::vector<RecordedInput> inputs,
                      wire::Time time) {
  return {time, std::move(inputs), rules::snapshot_of(result), findings_of(result)};
}

}  // namespace srvwarden::history
