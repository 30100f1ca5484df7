// Status: what the daemon knows of each of its services, as plain values.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "publish/publisher.hpp"

namespace srvwarden::daemon {

enum class ServiceState : std::uint8_t {
  waiting,      ///< checked; for the publisher, or for its first health check
  probing,      ///< the publisher asks whether the name is free
  established,  ///< announced, says the publisher; not heard on every interface yet
  verified,     ///< heard on the link as asked, on every interface that it is meant for
  withdrawn,    ///< held back: its health, or somebody's order
  lost,         ///< announced before, and the publisher is gone
  failed,       ///< the publisher refuses it
};

/// "waiting", "probing", ...
std::string_view name_of(ServiceState state) noexcept;

/// Why a service is held back although its definition is there.
enum class Hold : std::uint8_t { none, health, order };

struct ServiceStatus {
  Announcement announcement;  ///< as it is announced, or would be
  std::string file;           ///< path of its definition; empty: advertised by a client
  std::string wanted;         ///< the instance name that was asked for; another after a collision
  ServiceState state = ServiceState::waiting;
  std::chrono::system_clock::time_point since{};  ///< of the state
  std::string why;                                ///< of the state, for people; may be empty
  std::vector<std::string> verified_on;           ///< interfaces
  Hold hold = Hold::none;
  std::string health;  ///< the last check's outcome, for people; empty: none is configured

  bool renamed() const { return announcement.instance != wanted; }
};

struct FileStatus {
  std::string path;
  bool kept = false;      ///< wrong now; its last good version stays announced. Else: refused
  std::string complaint;  ///< the first error: "line:column: rule: message"
};

struct DaemonStatus {
  std::string version;
  std::chrono::system_clock::time_point started{};
  std::string backend;  ///< who announces, for people; empty: nobody
  std::string trouble;  ///< why nobody does
  std::string host;     ///< one label
  std::string domain;
  std::vector<ServiceStatus> services;  ///< by file and type
  std::vector<FileStatus> wrong_files;
};

}  // namespace srvwarden::daemon
