// A rule as SARIF's reportingDescriptor.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "srvwarden/finding.hpp"

namespace srvwarden::report {

/// "error", "warning" or "note". SARIF §3.27.10.
std::string_view sarif_level(Severity severity) noexcept;

/// All that the catalogue knows of the rule. SARIF §3.49.
nlohmann::ordered_json sarif_rule(const RuleInfo& rule);

}  // namespace srvwarden::report
