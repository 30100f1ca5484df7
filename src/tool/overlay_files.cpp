// Finding and reading overlays.
// SPDX-License-Identifier: Apache-2.0
#include "tool/overlay_files.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "report/terminal.hpp"
#include "tool/command.hpp"
#include "tool/file_input.hpp"

namespace srvwarden::tool {
namespace {

std::vector<std::string> administrators_files() {
  const char* variable = std::getenv("SRVWARDEN_REGISTRY_D");
  const std::filesystem::path folder = variable != nullptr ? variable : "/etc/srvwarden/registry.d";
  std::vector<std::string> files;
  std::error_code absent;
  for (const auto& entry : std::filesystem::directory_iterator(folder, absent)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path().string());
  }
  std::ranges::sort(files);
  return files;
}

std::string path_of(const std::string& given) {
  const bool is_name = given.find('/') == given.npos && !given.ends_with(".toml");
  return is_name ? SRVWARDEN_OVERLAYS "/" + given + ".toml" : given;
}

/// Reads one and says what makes it useless.
std::optional<Overlay> read_usable(const std::string& path) {
  auto overlay = read_overlay_file(path);
  if (!overlay || overlay->usable()) return overlay;
  for (const OverlayProblem& problem : overlay->problems) complain(described(path, problem));
  return {};
}

}  // namespace

std::string described(const std::string& file, const OverlayProblem& problem) {
  return report::shown(file) + ':' + std::to_string(problem.at.line) + ':' +
         std::to_string(problem.at.column) + ": " + report::shown(problem.message);
}

std::optional<Overlay> read_overlay_file(const std::string& path) {
  std::string text;
  if (const std::error_code error = read_file(path, text)) {
    complain("cannot read the overlay " + report::shown(path) + ": " + error.message());
    return {};
  }
  return read_overlay(text, path);
}

std::optional<std::vector<Overlay>> read_overlays(const std::vector<std::string>& given) {
  std::vector<Overlay> overlays;
  if (std::ranges::find(given, "none") == given.end()) {
    for (const std::string& path : administrators_files()) {
      if (auto overlay = read_usable(path)) overlays.push_back(*std::move(overlay));
    }
  }
  for (const std::string& one : given) {
    if (one == "none") continue;
    auto overlay = read_usable(path_of(one));
    if (!overlay) return {};
    overlays.push_back(*std::move(overlay));
  }
  return overlays;
}

}  // namespace srvwarden::tool
