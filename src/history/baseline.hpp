// Baselines: what a link announced once, as a file.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "rules/snapshot.hpp"
#include "srvwarden/result.hpp"

namespace srvwarden::history {

inline constexpr int baseline_version = 1;

/// JSON, indented, the same for the same snapshot; srvwarden(1) describes it.
std::string baseline_text(const rules::Snapshot& snapshot);

/// @return  the snapshot, or what is wrong with the text: one line, with its place.
Result<rules::Snapshot, std::string> read_baseline(std::string_view text);

}  // namespace srvwarden::history
