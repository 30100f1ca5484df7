// Unicode properties that rules ask for: normalization and assignment, from utf8proc's tables.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace srvwarden::rules::unicode {

/// Whether text is UTF-8 in Normalization Form C.
bool is_nfc(std::string_view text);

/// Text in Normalization Form C; empty where text is not UTF-8.
std::string to_nfc(std::string_view text);

/// Text taken as ISO 8859-1 and written as UTF-8; empty if it has octets 80 to 9F, which that
/// encoding has no characters for.
std::string from_latin1(std::string_view text);

/// Whether the tables' Unicode version assigns a character to the code point.
bool is_assigned(char32_t code_point);

/// The version of the tables: "14.0.0".
std::string_view version();

}  // namespace srvwarden::rules::unicode
