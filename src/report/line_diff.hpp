// unified_diff: what changes between two texts, as patch(1) reads it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace srvwarden::report {

/// A unified diff with three lines of context, "a/PATH" and "b/PATH"; empty where nothing changes.
/// Texts whose changes are far apart and many are shown as one block.
std::string unified_diff(std::string_view path, std::string_view before, std::string_view after);

}  // namespace srvwarden::report
