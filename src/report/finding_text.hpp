// Findings as text: what is wrong, where, why, and how to mend it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "srvwarden/finding.hpp"

namespace srvwarden::report {

/// Whether text may be coloured.
enum class Colour : bool { off, on };

/// Writes one finding, as a compiler would:
///
///     error[SN006]: adjacent hyphens in a service name (service-name-hyphen-run)
///       --> line 3: service-type
///        |
///        | _my--name._tcp
///        |    ^^
///        = RFC 6335 §5.1
///        = help: A hyphen must stand between two letters or digits.
///        = try: `_my-name._tcp`
///
/// @param place  where the value stands, for people ("line 3: service-type", "a.service:4:11").
/// @param line   the value or source line that finding.at counts in.
void append_finding(std::string& out, const Finding& finding, std::string_view place,
                    std::string_view line, Colour colour = Colour::off);

/// The escape sequence that begins a severity's colour.
std::string_view colour_of(Severity severity) noexcept;
/// The rule's message with this input's part: "service name is longer ...: 16 characters".
std::string message_of(const Finding& finding);
/// The help for this input, or the rule's.
std::string_view help_of(const Finding& finding);
/// "RFC 6335 §5.1", and where that can be read on the web (of an RFC).
std::string words_of(const Reference& reference);
std::string link_of(const Reference& reference);
/// "RFC 6335 §5.1, RFC 6763 §7.2".
std::string references_of(const RuleInfo& rule);

}  // namespace srvwarden::report
