// Daemon: a configuration that is read again.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "config/start_keys.hpp"
#include "daemon.hpp"

namespace srvwarden::daemon {

/// Takes what can be taken now.
///
/// @return  what is to be said of it; good where it is as the file says, but for a restart.
Daemon::ConfigOutcome Daemon::reread_config() {
  if (!read_config_) return {};
  ConfigReading reading = read_config_();
  ConfigOutcome outcome{reading.good(), {}};
  const std::string& path = reading.config.path;
  for (const std::string& trouble : troubles_of(reading)) {
    log_(Level::error, "config", trouble, {{"file", path}});
    outcome.words.append(outcome.words.empty() ? "" : "; ").append(trouble);
  }
  if (!outcome.good) {
    log_(Level::warning, "config", path + ": the settings stay as they were", {{"file", path}});
    outcome.words += "; the settings stay as they were";
    return outcome;
  }
  for (const std::string_view key : start_keys_that_differ(at_start_, reading.config)) {
    log_(Level::warning, "restart-needed",
         path + ": \"" + std::string(key) + "\" has changed, which takes a restart of srvwardend",
         {{"file", path}, {"setting", std::string(key)}});
    outcome.words.append(outcome.words.empty() ? "a restart is needed for " : ", ").append(key);
  }
  take(std::move(reading.config));
  return outcome;
}

void Daemon::take(Config wanted) {
  log_.set(wanted.log.level, wanted.log.rate);
  definitions_.set_sources(wanted.folders, wanted.overlays);
  config_.path = std::move(wanted.path);
  config_.folders = std::move(wanted.folders);
  config_.overlays = std::move(wanted.overlays);
  config_.log = wanted.log;
  config_.services = std::move(wanted.services);
}

}  // namespace srvwarden::daemon
