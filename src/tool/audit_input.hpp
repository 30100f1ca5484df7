// The packets of an audit: from captures, or from interfaces for some time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "report/audit_report.hpp"
#include "rules/audit.hpp"
#include "tool/audit_watch.hpp"

namespace srvwarden::tool {

struct LiveInput {
  unsigned seconds = 10;                     ///< 0: until it is stopped
  std::vector<std::string> interfaces = {};  ///< names; empty: all but the loopback
  bool passive = false;
};

/// What became of the inputs. What failed was said on standard error.
struct AuditInputs {
  std::vector<report::AuditInput> inputs;
  wire::Time end{};   ///< of the audit
  bool any = false;   ///< something could be read: there is an account to give
  bool whole = true;  ///< nothing failed
};

/// @param watch  looked with now and then, if there is one; may end it early.
/// @param also   gets each packet after the auditor; may be empty.
AuditInputs read_captures(const std::vector<std::string>& paths, rules::Auditor& auditor,
                          AuditWatch* watch,
                          const std::function<void(const wire::Packet&)>& also = {});
AuditInputs listen(const LiveInput& input, rules::Auditor& auditor, AuditWatch* watch);

}  // namespace srvwarden::tool
