// check_config: what is wrong with a configuration and with all that it names.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "config/config.hpp"
#include "log.hpp"

namespace srvwarden::daemon {

enum class ConfigVerdict : std::uint8_t {
  good,
  wrong,       ///< an overlay or the control socket's group, or a definition is refused
  unreadable,  ///< a folder of definitions
};

/// Looks at what a configuration that was read without faults leads to: folders, definitions,
/// overlays, the group. Everything found goes to the log, and at the end how much was looked at.
ConfigVerdict check_config(const Config& config, Log& log);

}  // namespace srvwarden::daemon
