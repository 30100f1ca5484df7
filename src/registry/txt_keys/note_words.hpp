// What words in IANA's "Defined TXT keys" notes mean: keys, types, remarks.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "srvwarden/txt_keys.hpp"

namespace srvwarden::registry::note {

/// White space runs become one space, and none at the ends.
std::string collapse(std::string_view text);

/// Whether `text` has this word, given in small letters, ASCII case ignored, with no letter or
/// digit beside it.
bool has_word(std::string_view text, std::string_view word) noexcept;

/// A word that, alone in a list, can only be a key: letters, digits, '_', '.', '-'. Neither a
/// number nor a domain name nor a file of a document.
bool is_plain_key(std::string_view word) noexcept;

/// What may stand before '=': RFC 6763 §6.4's characters, without spaces and brackets.
bool is_assignable_key(std::string_view word) noexcept;

/// A word that people use in sentences and not in the names of keys.
bool is_sentence_word(std::string_view word) noexcept;

/// "Machine", "iTSh", "RMC": with a capital.
bool has_capital(std::string_view word) noexcept;

bool starts_example(std::string_view word) noexcept;    ///< "e.g.", "Example", ...
bool is_opaque_word(std::string_view word) noexcept;    ///< "Proprietary", "TBD", ...
bool starts_others(std::string_view word) noexcept;     ///< "others", "etc", ...
bool is_bullet_word(std::string_view word) noexcept;    ///< "-", "*", ...
bool is_document_name(std::string_view word) noexcept;  ///< "name.pdf"

/// "(optional)", "if omitted", "if present", ...
bool says_optional(std::string_view remark) noexcept;

/// "further keys", "others", "more", ...
bool says_more(std::string_view remark) noexcept;

/// The type that a placeholder's words name beyond doubt, else any.
TxtValueType type_of_words(std::string_view words);

/// "value", "name", "x": a value word that stands for the real one, given the key it belongs to.
bool is_stand_in(std::string_view word, std::string_view key) noexcept;

/// Makes the key a placeholder with these words, and with their type.
void set_placeholder(TxtKey& key, std::string_view words);

/// Reads what stands between '<' and '>': "a|b", "a or b", "0/1", or words.
void set_from_angle(TxtKey& key, std::string_view inside);

}  // namespace srvwarden::registry::note
