// judge_link: adds to an audit what is otherwise than in a baseline or than a policy wants.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/audit.hpp"
#include "rules/link_policy.hpp"
#include "rules/snapshot.hpp"

namespace srvwarden::rules {

struct LinkJudgement {
  const Snapshot* baseline = nullptr;  ///< null: nothing to compare with
  const LinkPolicy* policy = nullptr;  ///< null: every rule's own severity, nothing is expected
  bool absence_is_known = true;        ///< false: what is missing may not have been heard yet
};

/// Adds findings to their instances; what is missing becomes an object of its own. Where nothing is
/// expected, nothing is unexpected.
void judge_link(AuditResult& result, const LinkJudgement& judgement);

}  // namespace srvwarden::rules
