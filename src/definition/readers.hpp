// The readers, one a format; read_definition chooses.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "definition/source.hpp"

namespace srvwarden::definition {

/// Reads a file of its format into reading.definition.
using ReadFormat = void(const Reading& reading);
/// Whether a file is in the format, from its name and its first bytes.
using RecognizeFormat = bool(std::string_view path, std::string_view text);

/// Avahi's XML, as avahi-daemon 0.8 takes it.
ReadFormat read_avahi_service;
RecognizeFormat is_avahi_service;

/// systemd's key=value lines, as systemd-resolved takes them.
ReadFormat read_systemd_dnssd;
RecognizeFormat is_systemd_dnssd;

/// Names with their port and transport, and aliases.
ReadFormat read_services;
RecognizeFormat is_services;

/// C and C++: string literals that look like service types.
ReadFormat read_source;

/// Apple's property lists as XML: NSBonjourServices of an app.
ReadFormat read_info_plist;
RecognizeFormat is_info_plist;

/// YAML of Kubernetes (names of ports wherever a pod or Service has them) and of Compose.
ReadFormat read_kubernetes;
RecognizeFormat is_kubernetes;

/// Job files of Nomad, HCL or JSON: names of services, labels of ports.
ReadFormat read_nomad;
RecognizeFormat is_nomad;

/// Service definitions of Consul's agent, HCL or JSON.
ReadFormat read_consul;
RecognizeFormat is_consul;

/// Master files. RFC 1035 §5.
ReadFormat read_zone;
RecognizeFormat is_zone;

/// One value a line; blank lines, and comments that begin a line with "#", apart.
ReadFormat read_list;

/// The letters of systemd.dnssd(5)'s specifiers, "%%" not among them.
inline constexpr std::string_view systemd_specifiers = "aAbBHmMovwW";

}  // namespace srvwarden::definition
