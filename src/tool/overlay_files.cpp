// Finding and reading overlays.
// SPDX-License-Identifier: Apache-2.0
#include "tool/overlay_files.hpp"

#include <algorithm>
#include <utility>

#include "report/terminal.hpp"
#include "tool/command.hpp"
#include "tool/file_input.hpp"

namespace srvwarden::tool {
namespace {

/// Says what makes an overlay useless, if anything does.
bool check_usable(const Overlay& overlay) {
  for (const OverlayProblem& problem : overlay.problems) {
    complain(described(overlay.path, problem));
  }
  return overlay.usable();
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
    for (Overlay& overlay : read_overlay_folder(administrators_overlays())) {
      if (check_usable(overlay)) overlays.push_back(std::move(overlay));
    }
  }
  for (const std::string& one : given) {
    if (one == "none") continue;
    auto overlay = read_overlay_file(overlay_path(one));
    if (!overlay || !check_usable(*overlay)) return {};
    overlays.push_back(*std::move(overlay));
  }
  return overlays;
}

}  // namespace srvwarden::tool
