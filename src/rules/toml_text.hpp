// What TOML 1.0 allows where, looked at before toml++ sees it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace srvwarden::rules {

/// The first byte beyond ASCII that stands neither in a string nor in a comment, or npos. There
/// alone TOML 1.0 has such letters; toml++ 3.3 runs into undefined behaviour on them elsewhere.
///
/// A byte order mark at the start is passed over.
std::size_t find_stray_letter(std::string_view toml) noexcept;

}  // namespace srvwarden::rules
