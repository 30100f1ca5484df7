// Which configuration is for which file, and what it makes of findings.
// SPDX-License-Identifier: Apache-2.0
#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "report/terminal.hpp"
#include "tool/command.hpp"
#include "tool/lint_config.hpp"
#include "tool/overlay_files.hpp"

namespace srvwarden::tool {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (end > 0) parts.emplace_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return parts;
}

/// The registry with what the configuration adds; nothing where an overlay is of no use.
std::optional<Registry> registry_for(const LintConfig& config, const Registry& base) {
  std::vector<Overlay> overlays;
  for (const std::string& path : config.overlays) {
    auto overlay = read_overlay_file(path);
    if (!overlay) return {};
    for (const OverlayProblem& problem : overlay->problems) complain(described(path, problem));
    if (!overlay->usable()) return {};
    overlays.push_back(*std::move(overlay));
  }
  if (!config.services.empty()) overlays.push_back({config.path, config.services, {}});
  return with_overlays(base, overlays);
}

}  // namespace

bool path_matches(std::string_view pattern, std::string_view path) {
  const bool anywhere =
      pattern.find('/') == pattern.npos || pattern.find('/') + 1 == pattern.size();
  std::vector<std::string> wanted = parts_of(pattern);
  if (anywhere) wanted.insert(wanted.begin(), "**");
  const std::vector<std::string> parts = parts_of(path);
  // reached[i]: the first i parts of the path match the pattern's parts so far.
  std::vector<bool> reached(parts.size() + 1);
  reached[0] = true;
  for (const std::string& part : wanted) {
    std::vector<bool> next(parts.size() + 1);
    for (std::size_t i = 0; i <= parts.size(); ++i) {
      if (part == "**") {
        next[i] = reached[i] || (i > 0 && next[i - 1]);
      } else if (i > 0 && reached[i - 1]) {
        next[i] = ::fnmatch(part.c_str(), parts[i - 1].c_str(), 0) == 0;
      }
    }
    reached = std::move(next);
  }
  return reached.back();
}

bool LintSettings::ignores(const std::string& path) const {
  if (!config) return false;
  std::error_code failed;
  const std::string whole = fs::absolute(path, failed).lexically_normal().string();
  if (failed || !whole.starts_with(config->folder)) return false;
  const std::string_view below = std::string_view(whole).substr(config->folder.size());
  return std::ranges::any_of(config->ignore, [&](const std::string& pattern) {
    // What is ignored is so with all that is in it.
    for (std::size_t end = below.find('/'); end != below.npos; end = below.find('/', end + 1)) {
      if (path_matches(pattern, below.substr(0, end))) return true;
    }
    return path_matches(pattern, below);
  });
}

void LintSettings::apply(Findings& findings) const {
  if (!config) return;
  for (const LintConfig::RuleSetting& setting : config->rules) {
    if (!setting.severity) {
      std::erase_if(findings, [&](const Finding& one) { return one.rule == setting.rule; });
      continue;
    }
    for (Finding& finding : findings) {
      if (finding.rule == setting.rule) finding.severity = *setting.severity;
    }
  }
}

const LintSettings* LintSettingsFinder::of(const std::string& path) {
  if (!config_.empty()) return load(config_ == "none" ? std::string() : config_);
  const std::string folder = path.substr(0, path.rfind('/') + 1);  // npos + 1 is 0
  const auto [known, is_new] = spellings_.try_emplace(folder, nullptr);
  if (!is_new) return known->second;
  std::error_code failed;
  const fs::path whole = fs::absolute(folder.empty() ? "./" : folder, failed).lexically_normal();
  return known->second = failed ? load({}) : in_folder(whole.parent_path().string());
}

const LintSettings* LintSettingsFinder::in_folder(const std::string& folder) {
  const auto [known, is_new] = folders_.try_emplace(folder, nullptr);
  if (!is_new) return known->second;
  std::error_code absent;
  const fs::path file = fs::path(folder) / ".srvwarden.toml";
  const std::string above = fs::path(folder).parent_path().string();
  const LintSettings* settings = nullptr;
  if (fs::exists(file, absent)) {
    settings = load(file.string());
  } else {
    settings = above == folder ? load({}) : in_folder(above);
  }
  return folders_[folder] = settings;
}

/// @param file  empty: without a configuration.
const LintSettings* LintSettingsFinder::load(const std::string& file) {
  const auto [known, is_new] = files_.try_emplace(file);
  if (!is_new) return known->second.get();
  auto settings = std::make_unique<LintSettings>();
  settings->check = check_;
  if (!file.empty()) {
    settings->config = read_lint_config(file);
    if (!settings->config) return nullptr;
    const LintConfig& config = *settings->config;
    settings->check.advice = check_.advice || config.advice;
    if (config.context && check_.context == Context::automatic) {
      settings->check.context = *config.context;
    }
    const bool adds = !config.overlays.empty() || !config.services.empty();
    if (adds && check_.registry != nullptr) {
      settings->own = registry_for(config, *check_.registry);
      if (!settings->own) return nullptr;
      settings->check.registry = &*settings->own;
    }
  }
  return (files_[file] = std::move(settings)).get();
}

}  // namespace srvwarden::tool
