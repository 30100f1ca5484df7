// HealthSettings: how a service's health is checked, and how often, as plain values.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace srvwarden::daemon {

enum class HealthKind : std::uint8_t { tcp, http, unix_socket, systemd_unit, exec };

struct HealthSettings {
  HealthKind kind = HealthKind::tcp;
  std::string host;                  ///< name or address; empty: localhost
  std::uint16_t port = 0;            ///< 0: the service's own
  std::string path;                  ///< URL path, socket path, or unit name
  std::vector<std::string> command;  ///< program and arguments
  std::chrono::milliseconds interval{10000}, timeout{3000};
  unsigned failures = 3, successes = 2;  ///< in a row, at least 1
};

}  // namespace srvwarden::daemon
