// Octets as text that loses nothing: for files and lines that people read, too.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace srvwarden::rules {

/// UTF-8 without control characters: a backslash is "\\", a control character or an octet that is
/// no UTF-8 is "\DDD", in decimal digits; all else stands for itself. RFC 1035 §5.1, but for dots.
std::string octets_text(std::string_view octets);

/// The same but for backslashes, which stay as they are: for messages, which quote texts of either
/// form and are not read back.
std::string message_text(std::string_view octets);

/// The octets of what octets_text gave (an escaped dot may be in it, too); nothing where an escape
/// is faulty.
std::optional<std::string> octets_of_text(std::string_view text);

}  // namespace srvwarden::rules
