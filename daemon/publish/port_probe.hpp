// Whether UDP port 5353 can be shared, and who keeps it if not.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace srvwarden::daemon {

/// Opens a socket as a responder does, and closes it. Nothing is sent.
///
/// @return  empty, or one line that says why port 5353 cannot be had on IPv4.
std::string why_port_is_busy();

}  // namespace srvwarden::daemon
