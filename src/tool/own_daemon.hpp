// become_daemon: srvwardend in the place of this process, for one definition.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace srvwarden::tool {

/// Looks for srvwardend beside this program, in ../sbin and in PATH, and becomes it, with a file of
/// avahi.service(5) as its standard input.
///
/// @return  only where that fails: why.
std::string become_daemon(const std::string& file);

}  // namespace srvwarden::tool
