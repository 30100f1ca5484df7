// The parts of the page of an audit, each appended to the page.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/audit_hosts.hpp"

namespace srvwarden::report {

/// When packets came, as a drawing with a table of what stands out.
void append_time_line(std::string& page, const census::Activity& activity);
/// The findings by rule, with what is known of each rule.
void append_rules(std::string& page, const AuditGroups& groups);
/// Hosts, their addresses, instances and findings.
void append_hosts(std::string& page, const AuditGroups& groups);

/// "2026-08-17 12:34:56.789" in UTC, as HTML.
std::string html_time(wire::Time time);
/// "packet 3 at 2026-08-17 12:34:56.789 from 10.77.0.1, in a.pcap", as HTML.
std::string html_evidence(const rules::Evidence& evidence);
/// A badge a severity: "2 errors"; "nothing wrong" without findings.
std::string html_counts(const FindingCounts& counts);
/// "error", "warning", "info", or "fine" for none.
std::string_view style_of(std::optional<Severity> worst) noexcept;

}  // namespace srvwarden::report
