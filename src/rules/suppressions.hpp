// Suppressions: comments in a file that silence rules there.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "rules/rule.hpp"
#include "srvwarden/definition.hpp"
#include "srvwarden/finding.hpp"

namespace srvwarden {

/// Heeds comments that say "srvwarden: ignore SN002, RG001": on the line of what they are about, or
/// on a line of their own above it. "srvwarden: ignore-file SN002" is for the whole file. Behind
/// "because" a reason may stand. A rule is given by its id or its name in words.
///
/// @param findings  of the file; those that are silenced go, and those about the comments come:
///                  rules that do not exist, and rules that found nothing there.
/// @param text      the whole file.
void heed_suppressions(Findings& findings, DefinitionFormat format, std::string_view text);

namespace rules {

/// A rule that a comment silences. Places count in the file.
struct Suppression {
  std::string_view rule;  ///< as written
  Span at;                ///< of that
  bool known = false;     ///< whether there is such a rule
  bool used = false;      ///< whether it silenced anything
};

Table<Suppression> suppression_rules();

}  // namespace rules
}  // namespace srvwarden
