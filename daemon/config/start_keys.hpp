// Start keys: which settings of a configuration that was read again wait for the next start.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "config/config.hpp"

namespace srvwarden::daemon {

/// The keys that count at the start alone; all others are taken whenever the configuration is read.
std::vector<std::string_view> start_keys();

/// Those of them in which two configurations differ.
std::vector<std::string_view> start_keys_that_differ(const Config& a, const Config& b);

}  // namespace srvwarden::daemon
