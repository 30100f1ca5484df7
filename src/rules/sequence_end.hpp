// Sequences at their end: what can be known only when nothing more comes.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "rules/audit_findings.hpp"
#include "rules/instance_set.hpp"
#include "rules/rule.hpp"
#include "srvwarden/census.hpp"

namespace srvwarden::rules {

/// A sender, with the records that it began to announce after probes, so that the beginning is
/// known: those that it multicast once only, and those that came again within a second.
struct AnnouncerEnd {
  const census::Census& census;
  wire::Time now;
  std::vector<const census::Observation*> once;
  std::vector<const census::Observation*> hasty;
};

/// A question that was asked on an interface.
struct QuestionEnd {
  const census::Question& question;
  const census::Census& census;
  wire::Time now;
};

Table<InstanceSet> withdrawal_rules();
Table<AnnouncerEnd> announcer_rules();
Table<QuestionEnd> question_end_rules();

/// Runs all but withdrawal_rules, which belong to an instance.
void judge_ends(const census::Census& census, const Policy& policy, wire::Time end,
                AuditFindings& findings);

}  // namespace srvwarden::rules
