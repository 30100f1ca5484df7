// check_config: reads all that the daemon would read.
// SPDX-License-Identifier: Apache-2.0
#include "config/check_config.hpp"

#include <grp.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "announcements.hpp"
#include "core/concat.hpp"
#include "definitions.hpp"
#include "rules/toml_file.hpp"
#include "specifiers.hpp"
#include "srvwarden/definition.hpp"
#include "srvwarden/overlay.hpp"
#include "watch/watch_files.hpp"

namespace srvwarden::daemon {

namespace {

std::string host_name_of(const Config& config) {
  std::array<char, 256> name{};
  if (!config.host_name.empty() || ::gethostname(name.data(), name.size() - 1) != 0) {
    return config.host_name;
  }
  const std::string_view whole = name.data();
  return std::string(whole.substr(0, whole.find('.')));
}

class ConfigCheck {
 public:
  ConfigCheck(const Config& config, Log& log)
      : config_(config), log_(log), used_(config.services.size()) {}

  ConfigVerdict run() {
    for (const std::string& path : config_.overlays) check_overlay(path);
    check_group();
    check_watch();
    check_definitions();
    warn_of_unused();
    log_(Level::info, "checked",
         concat({"checked ", std::to_string(config_.folders.size()),
                 config_.folders.size() == 1 ? " folder" : " folders", " with ",
                 std::to_string(files_), files_ == 1 ? " definition" : " definitions", ", ",
                 std::to_string(refused_), " refused"}));
    return verdict_;
  }

 private:
  void fail(ConfigVerdict verdict, std::string_view event, std::string message) {
    verdict_ = std::max(verdict_, verdict);
    log_(Level::error, event, std::move(message));
  }

  void check_overlay(const std::string& path) {
    std::string text;
    if (const std::error_code error = read_definition_file(path, text, rules::TomlFile::max_size)) {
      return fail(ConfigVerdict::wrong, "overlay",
                  concat({path, ": the overlay cannot be read: ", error.message()}));
    }
    for (const OverlayProblem& problem : read_overlay(text, path).problems) {
      fail(ConfigVerdict::wrong, "overlay",
           concat({path, ":", std::to_string(problem.at.line), ":",
                   std::to_string(problem.at.column), ": ", problem.message}));
    }
  }

  void check_group() {
    const std::string& group = config_.control.group;
    if (group.empty() || ::getgrnam(group.c_str()) != nullptr) return;
    fail(ConfigVerdict::wrong, "group",
         concat({"there is no group \"", group,
                 "\" for the control socket: make it with `addgroup --system ", group,
                 "`, or name another one as control.group"}));
  }

  void check_watch() {
    for (std::string& fault : read_watch_files(config_.watch).faults) {
      fail(ConfigVerdict::wrong, "watch", std::move(fault));
    }
  }

  /// Overlays that are wrong have been told before.
  void check_definitions() {
    Definitions definitions(config_.folders, {}, log_);
    for (const CheckedFile& file : definitions.read()) {
      ++files_;
      if (file.acceptable) {
        mark_used(*file.definition);
      } else {
        ++refused_;
        fail(ConfigVerdict::wrong, "refused",
             concat({file.path, ": refused: nothing of it would be announced"}));
      }
    }
    if (!definitions.all_readable()) verdict_ = ConfigVerdict::unreadable;
  }

  void mark_used(const Definition& definition) {
    const std::string name = instance_name(
        definition, [this](char letter) { return specifier_value(letter, host_name_of(config_)); });
    for (const Announcement& one : announcements_of(definition, name)) {
      for (std::size_t i = 0; i < config_.services.size(); ++i) {
        const ServiceSubject subject{one.instance, one.type, definition.path};
        if (matches(config_.services[i], subject)) used_[i] = true;
      }
    }
  }

  /// Not wrong: the definition may come later.
  void warn_of_unused() {
    for (std::size_t i = 0; i < used_.size(); ++i) {
      if (used_[i]) continue;
      log_(Level::warning, "unused",
           concat({config_.path, ":", std::to_string(config_.services[i].line),
                   ": this [[service]] is about no service that is defined now"}));
    }
  }

  const Config& config_;
  Log& log_;
  std::vector<bool> used_;  // by the index of config_.services
  std::size_t files_ = 0;
  std::size_t refused_ = 0;
  ConfigVerdict verdict_ = ConfigVerdict::good;
};

}  // namespace

ConfigVerdict check_config(const Config& config, Log& log) {
  return ConfigCheck(config, log).run();
}

}  // namespace srvwarden::daemon
