// like: patterns with * and ?, for names that may hold any octets.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace srvwarden::rules {

/// Whether all of `text` fits: `*` is any octets, `?` one character (or one octet that is no
/// UTF-8), a backslash takes the next octet for itself. The case of ASCII letters is ignored. An
/// empty pattern fits everything. Takes time of pattern times text at most.
bool is_like(std::string_view pattern, std::string_view text);

}  // namespace srvwarden::rules
