// Reading srvwardend.toml: the whole of it is told that is wrong, each with its place.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "config/config.hpp"
#include "srvwarden/place.hpp"

namespace srvwarden::daemon {

struct ConfigFault {
  Place at;
  std::string message;  ///< one line, without a full stop
};

/// What was read. The configuration is of use only where there is neither error nor fault.
struct ConfigReading {
  Config config;
  std::error_code error;  ///< why the file cannot be read
  std::vector<ConfigFault> faults;

  bool good() const noexcept { return !error && faults.empty(); }
};

/// Reads a file of at most 1 MiB. What it is silent about is as default_config() says.
ConfigReading read_config(const std::string& path);

/// The same of a text; relative paths in it are meant from the folder of `path`.
ConfigReading parse_config(std::string_view toml, const std::string& path);

/// "FILE:4:8: message", fit for a terminal.
std::string described(const std::string& path, const ConfigFault& fault);

/// All that is wrong with what was read, a line each, fit for a terminal; none where it is good.
std::vector<std::string> troubles_of(const ConfigReading& reading);

/// Every key that there is: "publisher", "control.socket", "service.health.kind".
std::vector<std::string> config_keys();

}  // namespace srvwarden::daemon
