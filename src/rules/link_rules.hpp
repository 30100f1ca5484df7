// The rules of a link: how it differs from what it was, and from what somebody wants of it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "rules/rule.hpp"
#include "rules/snapshot_changes.hpp"

namespace srvwarden::rules {

/// How an instance stands to the expectations of a policy.
enum class Expected : std::uint8_t {
  missing,     ///< nothing that is announced is what is expected
  unexpected,  ///< no expectation is about it
  otherwise,   ///< expectations are about it, and it is as none of them says
};

/// The one that `unexpected` of a policy is about.
inline constexpr std::string_view unexpected_rule = "BL009";

struct ExpectationOutcome {
  Expected outcome = Expected::missing;
  std::string words;  ///< what is expected, or what differs
};

/// A difference of one instance, of either sort.
struct LinkDifference {
  const Change* change = nullptr;               ///< against a baseline
  const ExpectationOutcome* outcome = nullptr;  ///< against a policy, where there is no change
};

Table<LinkDifference> link_rules();

}  // namespace srvwarden::rules
