// HealthSettings: how a service is asked whether it is well, and how often.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace srvwarden::daemon {

enum class HealthKind : std::uint8_t {
  tcp,           ///< a TCP connection is accepted
  http,          ///< GET is answered with a status from 200 to 299
  unix_socket,   ///< a connection to a local stream socket is accepted
  systemd_unit,  ///< systemd says that the unit is active
  exec,          ///< a program ends with exit status 0
};

/// Each kind reads its own fields and no others; health_fault() says what is wrong with them.
struct HealthSettings {
  HealthKind kind = HealthKind::tcp;
  std::string host;                  ///< tcp, http: an IP address or "localhost"; empty: localhost
  std::uint16_t port = 0;            ///< tcp, http: host order; 0: the service's own
  std::string path;                  ///< of the URL (empty: "/"), of the socket, or the unit's name
  std::vector<std::string> command;  ///< exec: an absolute path, and its arguments
  std::chrono::milliseconds interval{10000};  ///< from start to start: 100 ms to 1 hour
  std::chrono::milliseconds timeout{3000};    ///< of one check: 10 ms to 1 minute
  unsigned failures = 3;                      ///< so many in a row withdraw the service: 1 to 100
  unsigned successes = 2;                     ///< so many in a row announce it again: 1 to 100

  bool operator==(const HealthSettings&) const = default;
};

}  // namespace srvwarden::daemon
