// Fixes: the edits that mend a definition file where there is one right answer.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "srvwarden/definition.hpp"
#include "srvwarden/finding.hpp"

namespace srvwarden {

/// Whether findings of the rule can have a fix in a definition file.
bool has_fixes(const RuleInfo& rule);

/// Sets `fix` of each finding that has one right answer. An edit touches nothing but what is wrong:
/// other lines, comments and the way the file is written stay.
///
/// @param findings    of check_definition.
/// @param definition  what was checked.
/// @param text        the whole file.
void add_fixes(Findings& findings, const Definition& definition, std::string_view text);

/// A text and what is found in it.
struct Mended {
  std::string text;
  Findings findings;
};

/// Makes all fixes, also those that show up once others are made. Changes that
/// leave more errors than there were are not made.
///
/// @param judge  gives the findings of a text, with their fixes.
Mended mend(Mended file, const std::function<Findings(std::string_view text)>& judge);

/// The text with the findings' fixes made; of those that overlap, the first. Others may show up
/// when the result is checked again.
std::string apply_fixes(std::string_view text, const Findings& findings);

}  // namespace srvwarden
