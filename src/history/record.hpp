// AuditRecord: what is kept of one audit.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rules/audit.hpp"
#include "rules/snapshot.hpp"

namespace srvwarden::history {

/// Where an audit listened, or what it read.
struct RecordedInput {
  std::string name;  ///< of the interface, or path of the capture
  bool is_capture = false;
  std::uint64_t packets = 0;
};

/// A finding, as it was told. Its texts are UTF-8 without control characters.
struct RecordedFinding {
  std::string rule;
  std::string severity;
  std::string object;
  std::string message;
  std::uint64_t count = 0;

  friend bool operator==(const RecordedFinding&, const RecordedFinding&) = default;
};

struct AuditRecord {
  wire::Time time{};  ///< of the audit's end, by the packets' clock
  std::vector<RecordedInput> inputs;
  rules::Snapshot snapshot;
  std::vector<RecordedFinding> findings;
};

/// What is to be kept of a result.
AuditRecord record_of(const rules::AuditResult& result, std::vector<RecordedInput> inputs,
                      wire::Time time);

/// All findings of a result, as they are recorded.
std::vector<RecordedFinding> findings_of(const rules::AuditResult& result);

}  // namespace srvwarden::history
