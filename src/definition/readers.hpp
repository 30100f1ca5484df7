// The readers, one a format; read_definition chooses.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "definition/source.hpp"

namespace srvwarden::definition {

/// Avahi's XML, as avahi-daemon 0.8 takes it.
void read_avahi_service(const Reading& reading);

/// systemd's key=value lines, as systemd-resolved takes them.
void read_systemd_dnssd(const Reading& reading);

/// The letters of systemd.dnssd(5)'s specifiers, "%%" not among them.
inline constexpr std::string_view systemd_specifiers = "aAbBHmMovwW";

}  // namespace srvwarden::definition
