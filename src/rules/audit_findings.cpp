// Keeping findings by object.
// SPDX-License-Identifier: Apache-2.0
#include "rules/audit_findings.hpp"

#include <algorithm>

#include "srvwarden/ascii.hpp"

namespace srvwarden::rules {

void AuditFindings::add_name(wire::NameView name, const Finding& finding, const Evidence& first,
                             const Evidence& last, std::uint64_t count) {
  std::string folded(name.octets());
  std::ranges::transform(folded, folded.begin(), ascii::fold);
  add({false, std::move(folded)}, std::string(name.octets()), finding, first, last, count);
}

void AuditFindings::add_sender(const wire::Address& sender, const Finding& finding,
                               const Evidence& evidence) {
  const std::string text = sender.text();
  add({true, text}, text, finding, evidence, evidence, 1);
}

void AuditFindings::add(Key key, std::string name, const Finding& finding, const Evidence& first,
                        const Evidence& last, std::uint64_t count) {
  auto found = objects_.find(key);
  if (found == objects_.end()) {
    if (objects_.size() >= limit_) {
      ++dropped_;
      return;
    }
    const bool is_sender = key.first;
    found = objects_.emplace(std::move(key), Object{is_sender, std::move(name), {}}).first;
  }
  auto& findings = found->second.findings;
  const auto same = std::ranges::find_if(findings, [&](const AuditFinding& known) {
    return known.finding.rule == finding.rule && known.finding.severity == finding.severity;
  });
  if (same == findings.end()) {
    findings.push_back({finding, count, first, last});
    return;
  }
  same->count += count;
  if (last.sighting.time >= same->last.sighting.time) same->last = last;
}

void sort_findings(std::vector<AuditFinding>& findings) {
  std::ranges::stable_sort(findings, [](const AuditFinding& a, const AuditFinding& b) {
    if (a.finding.severity != b.finding.severity) return a.finding.severity > b.finding.severity;
    return a.finding.rule->id < b.finding.rule->id;
  });
}

}  // namespace srvwarden::rules
