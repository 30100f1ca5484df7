// Parts of an audit as JSON values, for all forms that are made of them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "report/audit_report.hpp"

namespace srvwarden::report {

/// "host" and "port" are those of the first SRV record, null without one.
nlohmann::ordered_json instance_json(const rules::AuditedInstance& instance);
/// A finding names its object, as instances do by "name".
nlohmann::ordered_json finding_json(const rules::AuditObject& object,
                                    const rules::AuditFinding& finding);
/// {"packet","time","source","where"}.
nlohmann::ordered_json evidence_json(const rules::Evidence& evidence);
nlohmann::ordered_json input_json(const AuditInput& input);
nlohmann::ordered_json summary_json(const rules::AuditResult& result);

}  // namespace srvwarden::report
