// DefinitionFolder: files become definitions, findings become lines.
// SPDX-License-Identifier: Apache-2.0
#include "definition_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "report/finding_text.hpp"
#include "rules/check_definition.hpp"
#include "srvwarden/overlay.hpp"
#include "srvwarden/registry.hpp"

namespace srvwarden::daemon {

namespace {

namespace fs = std::filesystem;

bool is_definition(const fs::path& path) {
  const std::string name = path.filename().string();
  return !name.starts_with('.') && (name.ends_with(".service") || name.ends_with(".dnssd"));
}

Level level_of(Severity severity) {
  if (severity == Severity::error) return Level::error;
  return severity == Severity::warning ? Level::warning : Level::info;
}

/// "path:line:column", both from 1 and in bytes.
std::string place_words(const std::string& path, std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const auto start = before.rfind('\n');
  const std::size_t column = before.size() - (start == before.npos ? 0 : start + 1) + 1;
  return path + ':' + std::to_string(line) + ':' + std::to_string(column);
}

void tell(const Finding& finding, const std::string& path, std::string_view text, Log& log) {
  const std::string place = place_words(path, text, finding.at.offset);
  const std::string message = report::message_of(finding);
  std::string line = place + ": " + std::string(name_of(finding.severity)) + ": " + message;
  line.append(" [").append(finding.rule->id).append(" ").append(finding.rule->name).append("]");
  log(level_of(finding.severity), "finding", std::move(line),
      {{"file", path},
       {"place", place},
       {"rule", std::string(finding.rule->id)},
       {"finding", message}});
}

/// The registry that is built in, with the administrator's overlays.
Registry read_registry_with_overlays(Log& log) {
  std::vector<Overlay> usable;
  for (Overlay& overlay : read_overlay_folder(administrators_overlays())) {
    for (const OverlayProblem& problem : overlay.problems) {
      const std::string place = overlay.path + ':' + std::to_string(problem.at.line) + ':' +
                                std::to_string(problem.at.column);
      log(Level::error, "overlay", place + ": " + problem.message,
          {{"file", overlay.path}, {"place", place}});
    }
    if (overlay.usable()) usable.push_back(std::move(overlay));
  }
  return usable.empty() ? Registry::builtin() : with_overlays(Registry::builtin(), usable);
}

CheckedFile check(const std::string& path, std::string_view text, const Registry& registry,
                  Log& log) {
  CheckOptions options;
  options.registry = &registry;
  CheckedFile file{read_definition(path, text), true};
  for (const Finding& finding : check_definition(file.definition, options)) {
    if (finding.severity != Severity::info) tell(finding, path, text, log);
    if (finding.severity == Severity::error) file.acceptable = false;
  }
  return file;
}

CheckedFile read_and_check(const std::string& path, const Registry& registry, Log& log) {
  std::string text;
  if (const std::error_code error = read_definition_file(path, text)) {
    log(Level::error, "unreadable", path + ": cannot be read: " + error.message(),
        {{"file", path}});
    CheckedFile file;
    file.definition.path = path;
    return file;
  }
  return check(path, text, registry, log);
}

}  // namespace

std::error_code DefinitionFolder::read(std::vector<CheckedFile>& files, Log& log) const {
  std::error_code error;
  std::vector<std::string> paths;
  for (fs::directory_iterator at(path_, error), end; !error && at != end; at.increment(error)) {
    if (is_definition(at->path())) paths.push_back(at->path().string());
  }
  if (error) return error;
  std::sort(paths.begin(), paths.end());
  files.clear();
  const Registry registry = read_registry_with_overlays(log);
  for (const std::string& path : paths) files.push_back(read_and_check(path, registry, log));
  return {};
}

}  // namespace srvwarden::daemon
