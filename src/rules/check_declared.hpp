// check_declared: judges the values of a definition that stand alone, each by its role.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "rules/rule.hpp"
#include "srvwarden/check.hpp"
#include "srvwarden/definition.hpp"

namespace srvwarden::rules {

void check_declared(std::span<const DeclaredValue> values, const CheckOptions& options,
                    Findings& findings);

}  // namespace srvwarden::rules
