// Where overlays are: every file of a folder, and those that came with srvwarden.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "srvwarden/definition.hpp"
#include "srvwarden/overlay.hpp"

namespace srvwarden {

std::vector<Overlay> read_overlay_folder(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code absent;
  for (const auto& entry : std::filesystem::directory_iterator(folder, absent)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path().string());
  }
  std::ranges::sort(files);
  std::vector<Overlay> overlays;
  overlays.reserve(files.size());
  for (const std::string& path : files) {
    std::string text;
    if (const std::error_code error = read_definition_file(path, text)) {
      overlays.push_back({path, {}, {{Place{}, true, "cannot be read: " + error.message()}}});
    } else {
      overlays.push_back(read_overlay(text, path));
    }
  }
  return overlays;
}

std::string overlay_path(const std::string& given) {
  const bool is_name = given.find('/') == given.npos && !given.ends_with(".toml");
  return is_name ? SRVWARDEN_OVERLAYS "/" + given + ".toml" : given;
}

std::string administrators_overlays() {
  const char* folder = std::getenv("SRVWARDEN_REGISTRY_D");
  return folder != nullptr ? folder : "/etc/srvwarden/registry.d";
}

}  // namespace srvwarden
