// Overlays in files: those given, and the administrator's.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "srvwarden/overlay.hpp"

namespace srvwarden::tool {

/// "FILE:4:8: key "rp" is given twice".
std::string described(const std::string& file, const OverlayProblem& problem);

/// Reads one file; complains where it cannot be read. What is wrong in it is in its problems.
std::optional<Overlay> read_overlay_file(const std::string& path);

/// The overlays to use: the administrator's (*.toml in /etc/srvwarden/registry.d, or in the folder
/// that SRVWARDEN_REGISTRY_D names), by the alphabet, and then those given. A given one is a path
/// or the name of one that came with srvwarden; "none" among them leaves the administrator's out.
///
/// @return  nothing where a given one is of no use. One of the administrator's that is of no use is
///          complained about and left out.
std::optional<std::vector<Overlay>> read_overlays(const std::vector<std::string>& given);

}  // namespace srvwarden::tool
