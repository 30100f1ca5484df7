// An audit as JSON lines, told while it goes on.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "report/audit_changes.hpp"
#include "report/audit_report.hpp"

namespace srvwarden::report {

/// A line: {"type":"instance","event":"new"|"changed"|"gone","instance":{...}} or
/// {"type":"finding","event":"new"|"resolved","finding":{...}}, with all that audit_json has of it.
std::string change_line(const AuditChange& change);

/// The end: {"type":"input","input":{...}} for each, then {"type":"summary","summary":{...}}.
std::vector<std::string> last_lines(const rules::AuditResult& result,
                                    const std::vector<AuditInput>& inputs);

}  // namespace srvwarden::report
