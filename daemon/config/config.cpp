// Config: what holds if nothing is said, and which settings are about which service.
// SPDX-License-Identifier: Apache-2.0
#include "config/config.hpp"

#include <fnmatch.h>

#include <cstdlib>

#include "core/concat.hpp"

namespace srvwarden::daemon {

namespace {

/// systemd gives the folders that it made, one or several with colons between.
std::string first_of_environment(const char* variable, std::string otherwise) {
  const char* value = std::getenv(variable);
  const std::string_view folders = value == nullptr ? "" : value;
  const std::string_view first = folders.substr(0, folders.find(':'));
  return first.empty() ? std::move(otherwise) : std::string(first);
}

bool like(const std::string& pattern, std::string_view text, int flags) {
  return pattern.empty() || ::fnmatch(pattern.c_str(), std::string(text).c_str(), flags) == 0;
}

bool is_file_like(const std::string& pattern, std::string_view path) {
  if (pattern.find('/') != pattern.npos) return like(pattern, path, FNM_PATHNAME);
  return like(pattern, path.substr(path.rfind('/') + 1), 0);  // npos + 1 is 0
}

template <typename T>
void take(std::optional<T>& into, const std::optional<T>& from) {
  if (from) into = from;
}

}  // namespace

Config default_config() {
  Config config;
  config.folders = {"/etc/srvwarden/services"};
  config.state = first_of_environment("STATE_DIRECTORY", "/var/lib/srvwarden");
  config.control.socket =
      concat({first_of_environment("RUNTIME_DIRECTORY", "/run/srvwarden"), "/control"});
  return config;
}

bool matches(const ServiceSettings& settings, const ServiceSubject& service) {
  return like(settings.instance, service.instance, FNM_CASEFOLD) &&
         like(settings.type, service.type, FNM_CASEFOLD) &&
         is_file_like(settings.file, service.file);
}

ServiceSettings settings_for(const Config& config, const ServiceSubject& service) {
  ServiceSettings all;
  for (const ServiceSettings& one : config.services) {
    if (!matches(one, service)) continue;
    all.line = one.line;
    take(all.interfaces, one.interfaces);
    take(all.protocol, one.protocol);
    take(all.host, one.host);
    take(all.domain, one.domain);
    take(all.health, one.health);
  }
  return all;
}

void apply(const ServiceSettings& settings, Announcement& announcement) {
  if (settings.interfaces) announcement.interfaces = *settings.interfaces;
  if (settings.protocol) announcement.protocol = *settings.protocol;
  if (settings.host) announcement.host = *settings.host;
  if (settings.domain) announcement.domain = *settings.domain;
}

}  // namespace srvwarden::daemon
