// LintConfig: what a .srvwarden.toml says of the files beside and below it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "srvwarden/check.hpp"
#include "srvwarden/finding.hpp"
#include "srvwarden/overlay.hpp"
#include "srvwarden/registry.hpp"

namespace srvwarden::tool {

/// A configuration file, read. srvwarden(1) describes its TOML.
struct LintConfig {
  /// A severity for a rule; none: the rule is off.
  struct RuleSetting {
    const RuleInfo* rule = nullptr;
    std::optional<Severity> severity;
  };

  std::string path;    ///< of the file
  std::string folder;  ///< its folder, to which paths in it are relative; with a "/" at the end
  std::vector<RuleSetting> rules;
  std::vector<std::string> ignore;       ///< patterns of paths that are passed over
  std::vector<std::string> overlays;     ///< paths of overlay files
  std::vector<OverlayService> services;  ///< private services: "_name._tcp"
  std::optional<Context> context;
  std::optional<std::string> fail_on;  ///< as the option
  bool advice = false;
};

/// Reads a configuration; complains of everything that is wrong with it, with its place.
///
/// @param path  of the file, as messages name it.
/// @return      nothing where something is wrong.
std::optional<LintConfig> read_lint_config(const std::string& path);

/// Whether a path matches a pattern: "*" and "?" stand for anything but "/", "**" for any number of
/// folders. A pattern without "/" is for the last part of the path at any depth.
bool path_matches(std::string_view pattern, std::string_view path);

/// What holds for some files: the options of the command line over the configuration.
struct LintSettings {
  std::optional<LintConfig> config;  ///< none: no file is there
  std::optional<Registry> own;       ///< with the configuration's overlays
  CheckOptions check;

  /// Whether the file or folder is passed over.
  bool ignores(const std::string& path) const;
  /// Sets severities, and takes away what is off.
  void apply(Findings& findings) const;
};

/// Finds the settings of each file: those of the nearest .srvwarden.toml above it.
class LintSettingsFinder {
 public:
  /// @param config  a file for all, "none", or empty: the nearest of each.
  LintSettingsFinder(const CheckOptions& check, std::string config)
      : check_(check), config_(std::move(config)) {}

  /// The settings of a file, or of a folder as an entry of the one above it; null where the
  /// configuration is wrong (said so).
  const LintSettings* of(const std::string& path);

 private:
  const LintSettings* in_folder(const std::string& folder);
  const LintSettings* load(const std::string& file);

  CheckOptions check_;
  std::string config_;
  std::map<std::string, const LintSettings*> folders_;    ///< by their absolute paths
  std::map<std::string, const LintSettings*> spellings_;  ///< by what stands before a file's name
  std::map<std::string, std::unique_ptr<LintSettings>> files_;
};

}  // namespace srvwarden::tool
