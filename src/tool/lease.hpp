// hold_lease: keeps a service announced through srvwardend for as long as this process wants it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "tool/command.hpp"
#include "tool/control_client.hpp"

namespace srvwarden::tool {

/// Prints what becomes of the service, one line a change. Where the daemon goes away, waits for it
/// and asks anew.
///
/// @param client   connected.
/// @param request  "advertise".
/// @return         when interrupted, or when standard input ends; or at once where it is refused.
Exit hold_lease(ControlClient& client, const std::string& path, const nlohmann::json& request);

}  // namespace srvwarden::tool
