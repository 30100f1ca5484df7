// The keys of srvwardend.toml, a row each, by the tables that they stand in.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "config/toml_values.hpp"

namespace srvwarden::daemon {

inline constexpr std::size_t longest_socket = 107;  ///< bytes; sockaddr_un, and its end

/// A health check while it is read: what it is made of depends on its kind.
struct HealthDraft {
  HealthSettings settings;
  std::optional<HealthKind> kind;
};

std::span<const TomlKey<Config>> root_keys() noexcept;
std::span<const TomlKey<ControlSettings>> control_keys() noexcept;
std::span<const TomlKey<LogSettings>> log_keys() noexcept;
std::span<const TomlKey<WatchSettings>> watch_keys() noexcept;
std::span<const TomlKey<ServiceSettings>> service_keys() noexcept;
std::span<const TomlKey<HealthDraft>> health_keys() noexcept;

/// Takes the [watch] table.
void take_watch(const TomlValue& value, Config& config);
/// Says what of [watch] does not go with the rest, once all is read.
void check_watch(TomlReading& reading, const Config& config);
/// Takes the [[service]] tables.
void take_services(const TomlValue& value, Config& config);
/// Takes a health check, if it is right.
void take_health(const TomlValue& value, ServiceSettings& service);
/// Takes a list of interfaces' names.
std::optional<std::vector<std::string>> interfaces_of(const TomlValue& value);

}  // namespace srvwarden::daemon
