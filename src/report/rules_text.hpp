// The catalogue for people: a list, one rule explained, and the manual page.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "srvwarden/finding.hpp"

namespace srvwarden::report {

/// All rules, one a line: id, severity, name, message.
std::string rules_list();

/// One rule with its reasons, help and examples.
std::string rule_explained(const RuleInfo& rule);

/// srvwarden-rules(7), as source for man.
std::string rules_manual();

}  // namespace srvwarden::report
