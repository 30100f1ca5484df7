// Catalogue: every rule that srvwarden has, in the order of the ids.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "srvwarden/finding.hpp"

namespace srvwarden {

/// All rules, sorted by id. Lives as long as the program.
std::span<const RuleInfo* const> catalogue();

/// The rule of an id ("SN002", in any case) or of a name in words; null if there is none.
const RuleInfo* find_rule(std::string_view id_or_name);

/// The kind of value that the rule's examples are; nullopt for rules of packets and files.
std::optional<Kind> examples_kind(const RuleInfo& rule);

}  // namespace srvwarden
