// Hexadecimal text to octets and back.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace srvwarden {

/// Reads pairs of hexadecimal digits; spaces may stand between pairs.
///
/// @param octets  set to what was read.
/// @param source  set to the offset of each octet's first digit in text, and of the end.
/// @return        the offset of the first byte that is no part of a pair; nullopt: all was read.
std::optional<std::size_t> read_hex(std::string_view text, std::string& octets,
                                    std::vector<std::size_t>& source);

/// Two lower-case digits for each octet.
std::string to_hex(std::string_view octets);

}  // namespace srvwarden
