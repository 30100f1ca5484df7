// Watching an audit while it goes on: as JSON lines, or on a terminal's screen.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "report/audit_report.hpp"
#include "report/finding_text.hpp"
#include "rules/audit.hpp"

namespace srvwarden::tool {

/// Looks at an audit as often as that costs little beside the audit itself.
class AuditWatch {
 public:
  virtual ~AuditWatch() = default;
  /// Called after packets and as time goes by.
  ///
  /// @param now  the time of the link; of a capture, its last packet's.
  /// @return     false where the user wants an end, or nobody reads any more.
  virtual bool look(rules::Auditor& auditor, wire::Time now) = 0;
  /// Whether what it writes is the whole account.
  virtual bool is_account() const noexcept = 0;
  /// Once, at the end.
  ///
  /// @return  false where it could not be written, which was said.
  virtual bool end(const rules::AuditResult& result,
                   const std::vector<report::AuditInput>& inputs) = 0;
};

/// Writes each change when it is known.
///
/// @param path  a file, or "-" for standard output.
/// @param live  looks by the clock; else by packets, so that a capture always gives the same.
/// @return      null where the file cannot be opened, which was said.
std::unique_ptr<AuditWatch> watch_as_lines(const std::string& path, bool live);

/// Draws on the terminal that standard output is. Keys are read where standard input is one, too.
std::unique_ptr<AuditWatch> watch_on_screen(const std::string& what, report::Colour colour);

}  // namespace srvwarden::tool
