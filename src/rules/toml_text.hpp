// What TOML 1.0 allows where, looked at before toml++ sees it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace srvwarden::rules {

/// The first byte beyond ASCII that stands neither in a string nor in a comment, or that follows a
/// backslash, or npos. TOML 1.0 has such letters only where a backslash ends a line of a long
/// string and one begins the next; toml++ 3.3 runs into undefined behaviour there as elsewhere.
///
/// A byte order mark at the start is passed over.
std::size_t find_stray_letter(std::string_view toml) noexcept;

}  // namespace srvwarden::rules
