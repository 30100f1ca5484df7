// judge_values: the value rules on all names, TXT and SRV records that the census has.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "rules/audit.hpp"
#include "rules/audit_findings.hpp"

namespace srvwarden::rules {

/// @param instances  of the census; the types of theirs are judged with their names alone.
void judge_values(const census::Census& census, const std::vector<census::Instance>& instances,
                  const AuditOptions& options, wire::Time end, AuditFindings& findings);

}  // namespace srvwarden::rules
