// announcements_of: what a checked definition asks to be announced.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "publish/publisher.hpp"
#include "srvwarden/definition.hpp"

namespace srvwarden::daemon {

/// One announcement a service, in the order of the file.
///
/// Keys are the file's path and the type, so that they outlive changes of everything else:
/// "/etc/x/lobby.service _ipp._tcp"; a second service of the same type has " 2" behind.
///
/// @param definition  without findings of error rules; one with them gives something, not sense.
/// @param instance    the instance name, wildcards replaced.
std::vector<Announcement> announcements_of(const Definition& definition,
                                           const std::string& instance);

}  // namespace srvwarden::daemon
