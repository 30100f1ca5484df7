// make_result: puts together what the census knows and what the rules say of it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/audit.hpp"
#include "rules/audit_findings.hpp"

namespace srvwarden::rules {

/// @param findings  those of single packets; the rules of values and instances are run here.
AuditResult make_result(const census::Census& census, AuditFindings findings,
                        const AuditOptions& options, wire::Time end);

/// Instances and other objects in the order that AuditResult has; what is equal stays as it is.
void sort_worst_first(AuditResult& result);

}  // namespace srvwarden::rules
