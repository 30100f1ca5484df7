// The words of master files: names, classes, types and times.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace srvwarden::definition {

/// Whether a name in presentation form ends in an unescaped dot.
bool is_absolute(std::string_view name);

/// A name as a zone has it: with the origin behind it where it is relative. An empty origin is not
/// known, and then the name stays as it is.
std::string absolute_name(std::string_view written, std::string_view origin);

/// The longest that a name of 255 octets can be written: each as "\DDD".
inline constexpr std::size_t max_name_text = 1024;

/// Seconds: digits, or digits with units as in "1h30m" (w, d, h, m, s).
///
/// @return  nothing where the text is no time, or beyond 31 bits. RFC 2181 §8.
std::optional<std::uint32_t> read_time(std::string_view text);

/// Whether the word is a class: IN, CH, HS, CS or CLASS and a number.
bool is_class(std::string_view word);

/// The type's mnemonic in upper case: of "srv" and of "TYPE33" it is "SRV".
std::string type_named(std::string_view word);

/// Whether name servers know the type (one of IANA's, or in wide use), or it is TYPE and a number.
bool is_known_type(std::string_view type);

/// Whether a type could be called so: a letter, then letters, digits and hyphens.
bool could_be_type(std::string_view word);

}  // namespace srvwarden::definition
