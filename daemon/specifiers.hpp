// What the wildcards of definition files stand for on this host.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace srvwarden::daemon {

/// The value of 'h' (Avahi) or of one of systemd.dnssd(5)'s specifiers; empty where this host has
/// none.
///
/// @param host  this host's name on the link, which "%h" and "%H" mean.
std::string specifier_value(char letter, const std::string& host);

}  // namespace srvwarden::daemon
