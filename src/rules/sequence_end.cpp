// Giving the rules of ends their subjects, and their findings to the names.
// SPDX-License-Identifier: Apache-2.0
#include "rules/sequence_end.hpp"

#include <chrono>
#include <map>
#include <string>

namespace srvwarden::rules {

namespace {

using census::Announcing;
using census::Observation;

void add(const census::Census& census, const Findings& found, const Observation& record,
         AuditFindings& findings) {
  const std::string where(census.interface_name(record.interface()));
  for (const Finding& finding : found) {
    findings.add_name(record.owner(), finding, {record.first(), where}, {record.last(), where});
  }
}

/// The senders that announced something in haste or only once, with that.
std::map<census::SenderId, AnnouncerEnd> announcers(const census::Census& census, wire::Time end) {
  constexpr auto too_soon = std::chrono::milliseconds(1000);
  constexpr auto patience = std::chrono::seconds(3);
  std::map<census::SenderId, AnnouncerEnd> announcers;
  for (const Observation& record : census.records()) {
    const Announcing& series = record.announcing();
    if (!series.after_probes || series.sender == census::no_index) continue;
    const auto announcer = [&]() -> AnnouncerEnd& {
      return announcers.try_emplace(series.sender, AnnouncerEnd{census, end, {}, {}}).first->second;
    };
    if (series.times > 1) {
      const auto second = std::chrono::round<std::chrono::milliseconds>(series.second_after);
      if (second < too_soon) announcer().hasty.push_back(&record);
    } else if (series.times == 1 && end - series.first >= patience &&
               record.last_multicast().value_or(end) - series.first < too_soon) {
      announcer().once.push_back(&record);
    }
  }
  return announcers;
}

}  // namespace

void judge_ends(const census::Census& census, const Policy& policy, wire::Time end,
                AuditFindings& findings) {
  Findings found;
  for (const auto& [sender, announcer] : announcers(census, end)) {
    found.clear();
    run(announcer_rules(), announcer, policy, SourceMap(), found);
    for (const auto* records : {&announcer.hasty, &announcer.once}) {
      if (found.empty()) break;
      for (const Observation* record : *records) add(census, found, *record, findings);
    }
  }
  for (const census::Question& question : census.questions()) {
    found.clear();
    run(question_end_rules(), QuestionEnd{question, census, end}, policy, SourceMap(), found);
    if (found.empty()) continue;
    const Evidence evidence{
        {question.packet, question.last_any, census.senders()[question.asker].address},
        std::string(census.interface_name(question.interface))};
    for (const Finding& finding : found) {
      findings.add_name(census.name(question.name), finding, evidence, evidence);
    }
  }
}

}  // namespace srvwarden::rules
