// Keeping findings by object.
// SPDX-License-Identifier: Apache-2.0
#include "rules/audit_findings.hpp"

#include <algorithm>

#include "srvwarden/ascii.hpp"

namespace srvwarden::rules {

AuditFindings::Place AuditFindings::add_name(wire::NameView name, const Finding& finding,
                                             const Evidence& first, const Evidence& last,
                                             std::uint64_t count) {
  std::string folded(name.octets());
  std::ranges::transform(folded, folded.begin(), ascii::fold);
  return add({false, std::move(folded)}, std::string(name.octets()), finding, first, last, count);
}

AuditFindings::Place AuditFindings::add_sender(const wire::Address& sender, const Finding& finding,
                                               const Evidence& evidence) {
  const std::string text = sender.text();
  return add({true, text}, text, finding, evidence, evidence, 1);
}

AuditFindings::Place AuditFindings::add(Key key, std::string name, const Finding& finding,
                                        const Evidence& first, const Evidence& last,
                                        std::uint64_t count) {
  auto found = objects_.find(key);
  if (found == objects_.end()) {
    if (objects_.size() >= limit_) {
      ++dropped_;
      return {};
    }
    const bool is_sender = key.first;
    found = objects_.emplace(std::move(key), Object{is_sender, std::move(name), {}}).first;
  }
  Object& object = found->second;
  const auto same = std::ranges::find_if(object.findings, [&](const AuditFinding& known) {
    return known.finding.rule == finding.rule && known.finding.severity == finding.severity;
  });
  const Place place{&object, static_cast<std::size_t>(same - object.findings.begin())};
  if (same == object.findings.end()) {
    object.findings.push_back({finding, count, first, last});
    return place;
  }
  same->count += count;
  if (last.sighting.time >= same->last.sighting.time) same->last = last;
  return place;
}

void AuditFindings::add_again(const Place& place, const Evidence& evidence) {
  if (!place.object) {
    ++dropped_;
    return;
  }
  AuditFinding& known = place.object->findings[place.index];
  ++known.count;
  if (evidence.sighting.time >= known.last.sighting.time) known.last = evidence;
}

void sort_findings(std::vector<AuditFinding>& findings) {
  std::ranges::stable_sort(findings, [](const AuditFinding& a, const AuditFinding& b) {
    if (a.finding.severity != b.finding.severity) return a.finding.severity > b.finding.severity;
    return a.finding.rule->id < b.finding.rule->id;
  });
}

}  // namespace srvwarden::rules
