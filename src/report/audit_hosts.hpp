// An audit's objects gathered by host: what each host announces and what is wrong there.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/audit_report.hpp"

namespace srvwarden::report {

/// A host with all that is told of it. Points into the result that it was made from.
struct AuditedHost {
  std::string name;  ///< presentation form; empty: of instances without an SRV record
  std::vector<std::string> addresses;
  std::vector<const rules::AuditedInstance*> instances;  ///< worst first
  std::vector<const rules::AuditObject*> objects;        ///< the host itself, and as a sender
  FindingCounts findings;

  std::optional<Severity> worst() const noexcept;
};

struct AuditGroups {
  std::vector<AuditedHost> hosts;                 ///< worst first, then by name; nameless last
  std::vector<const rules::AuditObject*> others;  ///< what belongs to no host
};

/// An instance belongs to the host of its first SRV record; a sender to the host that has its
/// address. A host that announces no instance is there only where something is wrong with it.
AuditGroups group_by_host(const rules::AuditResult& result);

void count(FindingCounts& counts, const rules::AuditObject& object) noexcept;
std::optional<Severity> worst_of(const FindingCounts& counts) noexcept;
/// "3 errors, 1 warning, 2 info", without what there is none of; empty for no finding.
std::string words_of(const FindingCounts& counts);
/// "1 packet", "2 packets".
std::string counted(std::uint64_t number, std::string_view noun);

}  // namespace srvwarden::report
