// The words for transports, statuses, dates and ports.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/registry_record.hpp"

#include <cstdio>

namespace srvwarden {

std::string_view name_of(RegistryTransport transport) noexcept {
  switch (transport) {
    case RegistryTransport::none:
      return "";
    case RegistryTransport::tcp:
      return "tcp";
    case RegistryTransport::udp:
      return "udp";
    case RegistryTransport::sctp:
      return "sctp";
    case RegistryTransport::dccp:
      return "dccp";
  }
  return "";
}

std::string_view name_of(RegistryStatus status) noexcept {
  switch (status) {
    case RegistryStatus::assigned:
      return "assigned";
    case RegistryStatus::reserved:
      return "reserved";
    case RegistryStatus::unassigned:
      return "unassigned";
    case RegistryStatus::removed:
      return "removed";
    case RegistryStatus::local_use:
      return "local-use";
    case RegistryStatus::unofficial:
      return "unofficial";
    case RegistryStatus::historic_alias:
      return "historic-alias";
    case RegistryStatus::duplicate:
      return "duplicate";
    case RegistryStatus::not_a_service:
      return "not-a-service";
  }
  return "";
}

std::string to_text(RegistryDate date) {
  if (!date) return {};
  char text[24];
  std::snprintf(text, sizeof text, date.day != 0 ? "%04d-%02d-%02d" : "%04d-%02d", date.year,
                date.month, date.day);
  return text;
}

std::string to_text(PortRange ports) {
  if (!ports.present) return {};
  std::string text = std::to_string(ports.first);
  if (ports.last != ports.first) text += '-' + std::to_string(ports.last);
  return text;
}

}  // namespace srvwarden
