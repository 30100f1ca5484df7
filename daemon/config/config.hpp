// Config: what srvwardend.toml and the command line say, as plain values.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "health/health_settings.hpp"
#include "log_output.hpp"
#include "publish/publisher.hpp"
#include "watch/watch_settings.hpp"

namespace srvwarden::daemon {

/// Who announces.
enum class Choice : std::uint8_t { automatic, avahi, embedded };

struct LogSettings {
  LogFormat format = LogFormat::automatic;
  Level level = Level::info;  ///< the least that is written
  LogRate rate;
};

struct ControlSettings {
  std::string socket;              ///< path, 1 to 107 bytes
  std::uint32_t mode = 0666;       ///< permission bits of the socket, at most 0777
  std::string group;               ///< may give orders, and owns the socket; empty: none
  std::uint16_t metrics_port = 0;  ///< on the loopback, by TCP; 0: none
};

/// What is to be different for some services: those that match everything that is stated.
struct ServiceSettings {
  std::string instance;    ///< pattern of the instance name; empty: any
  std::string type;        ///< pattern of "_ipp._tcp"; empty: any
  std::string file;        ///< pattern of the definition's file name, or with "/" of its path
  std::uint32_t line = 0;  ///< of the table in the configuration, for messages

  std::optional<std::vector<std::string>> interfaces;
  std::optional<Protocol> protocol;
  std::optional<std::string> host;    ///< SRV target
  std::optional<std::string> domain;  ///< to announce in
  std::optional<HealthSettings> health;
};

struct Config {
  std::string path;                  ///< of the file that was read; empty: none
  std::vector<std::string> folders;  ///< of definitions, at least one
  Choice publisher = Choice::automatic;
  std::vector<std::string> interfaces;  ///< names; none: all that can multicast
  std::string host_name;                ///< of the embedded responder; empty: the system's
  std::vector<std::string> overlays;    ///< paths of files, beside the administrator's folder
  std::string state;                    ///< folder of what survives a restart
  ControlSettings control;
  LogSettings log;
  WatchSettings watch;
  std::vector<ServiceSettings> services;  ///< in the order of the file
};

/// Where the configuration is, if nothing else is said.
inline constexpr std::string_view default_config_path = "/etc/srvwarden/srvwardend.toml";

/// What holds where nothing is said. systemd's STATE_DIRECTORY and RUNTIME_DIRECTORY count.
Config default_config();

/// The service that settings are looked for.
struct ServiceSubject {
  std::string_view instance;
  std::string_view type;  ///< "_ipp._tcp"
  std::string_view file;  ///< path of its definition
};

/// Whether the settings are about a service. Names of services are compared without regard to the
/// case of ASCII letters, files with it.
bool matches(const ServiceSettings& settings, const ServiceSubject& service);

/// What all matching settings say together: the later prevails, item by item.
ServiceSettings settings_for(const Config& config, const ServiceSubject& service);

/// Changes an announcement as its settings say; what they are silent about stays.
void apply(const ServiceSettings& settings, Announcement& announcement);

}  // namespace srvwarden::daemon
