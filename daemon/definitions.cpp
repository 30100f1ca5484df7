// Definitions: files become definitions, findings become lines.
// SPDX-License-Identifier: Apache-2.0
#include "definitions.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <filesystem>
#include <functional>
#include <utility>

#include "report/finding_text.hpp"
#include "rules/check_definition.hpp"
#include "srvwarden/overlay.hpp"
#include "srvwarden/registry.hpp"

namespace srvwarden::daemon {

namespace {

namespace fs = std::filesystem;

bool is_definition(const fs::directory_entry& entry) {
  const std::string name = entry.path().filename().string();
  std::error_code unknown;
  return !name.starts_with('.') && (name.ends_with(".service") || name.ends_with(".dnssd")) &&
         !entry.is_directory(unknown);
}

Level level_of(Severity severity) {
  if (severity == Severity::error) return Level::error;
  return severity == Severity::warning ? Level::warning : Level::info;
}

/// "line:column", both from 1 and in bytes.
std::string line_words(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const auto start = before.rfind('\n');
  const std::size_t column = before.size() - (start == before.npos ? 0 : start + 1) + 1;
  return std::to_string(line) + ':' + std::to_string(column);
}

/// The place within the file or the drop-in that it is in.
std::string place_words(const JoinedText& text, std::size_t offset) {
  const JoinedText::Piece& piece = text.piece_at(offset);
  return line_words(text.text_of(piece), offset - piece.start);
}

void tell(const Finding& finding, const JoinedText& text, Log& log) {
  const std::string& path = text.piece_at(finding.at.offset).path;
  const std::string place = path + ':' + place_words(text, finding.at.offset);
  const std::string message = report::message_of(finding);
  std::string line = place + ": " + std::string(name_of(finding.severity)) + ": " + message;
  line.append(" [").append(finding.rule->id).append(" ").append(finding.rule->name).append("]");
  log(level_of(finding.severity), "finding", std::move(line),
      {{"file", path},
       {"place", place},
       {"rule", std::string(finding.rule->id)},
       {"finding", message}});
}

// Avahi has no way to say either.
void warn_of_order(const Definition& definition, const JoinedText& text, Log& log) {
  for (const ServiceDefinition& service : definition.services) {
    for (const DefinitionText* order : {&service.priority, &service.weight}) {
      if (order->value.find_first_not_of('0') == order->value.npos) continue;
      const std::string& path = text.piece_at(order->at.offset).path;
      log(Level::warning, "unsupported",
          path + ':' + place_words(text, order->at.offset) + ": announced as 0, not " +
              order->value + ": Avahi announces no other priority or weight",
          {{"file", path}});
    }
  }
}

std::error_code read_standard_input(std::string& text) {
  constexpr std::size_t most = std::size_t{1} << 20;
  char block[16384];
  while (text.size() <= most) {
    const ssize_t got = ::read(STDIN_FILENO, block, sizeof block);
    if (got < 0 && errno != EINTR) return {errno, std::generic_category()};
    if (got == 0) break;
    if (got > 0) text.append(block, static_cast<std::size_t>(got));
  }
  return {};
}

Overlay read_overlay_at(const std::string& path, Log& log) {
  std::string text;
  const std::error_code error = read_definition_file(path, text);
  if (!error) return read_overlay(text, path);
  log(Level::error, "overlay", path + ": cannot be read: " + error.message(), {{"file", path}});
  return {path, {}, {}};
}

/// The registry that is built in, with the administrator's overlays.
Registry read_registry_with_overlays(const std::vector<std::string>& paths, Log& log) {
  std::vector<Overlay> all = read_overlay_folder(administrators_overlays());
  for (const std::string& path : paths) all.push_back(read_overlay_at(path, log));
  std::vector<Overlay> usable;
  for (Overlay& overlay : all) {
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

/// Whether a change of the file shows: of two within one tick of the clock it might not.
bool is_settled(const struct stat& status) {
  constexpr std::int64_t ticks = 1'000'000'000;  // nanoseconds: also of coarse file systems
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  const auto age = (std::int64_t{now.tv_sec} - status.st_ctim.tv_sec) * 1'000'000'000 +
                   (now.tv_nsec - status.st_ctim.tv_nsec);
  return age > ticks;
}

bool is_unchanged(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino && a.st_size == b.st_size &&
         a.st_ctim.tv_sec == b.st_ctim.tv_sec && a.st_ctim.tv_nsec == b.st_ctim.tv_nsec &&
         a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

/// @param failed  the file itself or one of its drop-ins.
CheckedFile unreadable(const std::string& path, const UnreadableFile& failed, Log& log) {
  const std::string reason = "cannot be read: " + failed.error.message();
  log(Level::error, "unreadable", failed.path + ": " + reason, {{"file", path}});
  return {path, nullptr, false, failed.path == path ? reason : failed.path + ": " + reason};
}

bool is_folder(const std::string& path) {
  std::error_code unknown;
  return !path.empty() && fs::is_directory(path, unknown);
}

}  // namespace

Definitions::Definitions(std::vector<std::string> folders, std::vector<std::string> overlays,
                         Log& log)
    : folders_(std::move(folders)),
      overlays_(std::move(overlays)),
      log_(log),
      registry_(read_registry_with_overlays(overlays_, log)) {}

void Definitions::set_sources(std::vector<std::string> folders, std::vector<std::string> overlays) {
  folders_ = std::move(folders);
  overlays_ = std::move(overlays);
}

std::vector<CheckedFile> Definitions::read_anew() {
  registry_ = read_registry_with_overlays(overlays_, log_);
  for (auto& [path, known] : known_) known.fingerprint.reset();
  unreadable_.clear();
  return read();
}

std::vector<CheckedFile> Definitions::read() {
  std::map<std::string, Known> now;
  for (const std::string& folder : folders_) read_folder(folder, now);
  known_ = std::move(now);
  std::vector<CheckedFile> files;
  files.reserve(known_.size());
  for (const auto& [path, known] : known_) files.push_back(known.file);
  return files;
}

void Definitions::read_folder(const std::string& folder, std::map<std::string, Known>& now) {
  if (folder == standard_input) return read_file(folder, now);
  std::error_code error;
  std::vector<std::string> paths;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (is_definition(*at)) paths.push_back(at->path().string());
  }
  if (error) return keep_folder(folder, error.message(), now);
  unreadable_.erase(folder);
  std::sort(paths.begin(), paths.end());
  for (const std::string& path : paths) read_file(path, now);
}

void Definitions::keep_folder(const std::string& folder, const std::string& reason,
                              std::map<std::string, Known>& now) {
  if (std::exchange(unreadable_[folder], reason) != reason) {
    log_(Level::error, "unreadable",
         folder + ": cannot be read: " + reason +
             (known_.empty() ? "; make the folder, or name another"
                             : "; what was there before stays"),
         {{"folder", folder}});
  }
  for (const auto& [path, known] : known_) {
    if (fs::path(path).parent_path() == fs::path(folder)) now.insert({path, known});
  }
}

/// The status is taken first: what changes while the file is read, is read again.
void Definitions::read_file(const std::string& path, std::map<std::string, Known>& now) const {
  Known& mine = now[path];
  const auto before = known_.find(path);
  if (before != known_.end()) mine = before->second;
  const bool input = path == standard_input;
  struct stat status {};
  const bool there = ::stat(path.c_str(), &status) == 0;
  const bool had_drop_ins = std::exchange(mine.has_drop_ins, is_folder(drop_in_folder(path)));
  const bool alone = !mine.has_drop_ins && !had_drop_ins;  // whose status tells nothing of drop-ins
  const bool unchanged = there && mine.settled && alone && is_unchanged(status, mine.status);
  if (mine.fingerprint && (input || unchanged)) return;
  mine.status = status;
  mine.settled = there && is_settled(status);
  std::string text;
  UnreadableFile failed{path, input ? read_standard_input(text) : read_definition_file(path, text)};
  const JoinedText joined = join_drop_ins(path, text, failed);
  const std::string whole = failed.error ? failed.path + failed.error.message() : joined.text();
  const std::size_t fingerprint = std::hash<std::string>()(whole);
  if (std::exchange(mine.fingerprint, fingerprint) == fingerprint) return;
  mine.file = failed.error ? unreadable(path, failed, log_) : check(joined);
}

std::vector<std::string> Definitions::drop_in_folders() const {
  std::vector<std::string> all;
  for (const auto& [path, known] : known_) {
    if (known.has_drop_ins) all.push_back(drop_in_folder(path));
  }
  return all;
}

CheckedFile Definitions::check(const JoinedText& text) const {
  CheckOptions options;
  options.registry = &*registry_;
  const std::string& path = text.pieces().front().path;
  const bool systemd = path.ends_with(".dnssd");
  const auto definition = std::make_shared<Definition>(
      text.read(systemd ? DefinitionFormat::systemd_dnssd : DefinitionFormat::avahi_service));
  CheckedFile file{path, definition, true, {}};
  for (const Finding& finding : check_definition(*definition, options)) {
    if (finding.severity != Severity::info) tell(finding, text, log_);
    if (finding.severity != Severity::error) continue;
    if (file.acceptable) {
      const std::string& where = text.piece_at(finding.at.offset).path;
      file.complaint = (where == path ? "" : where + ':') + place_words(text, finding.at.offset) +
                       ": " + report::message_of(finding) + " [" + std::string(finding.rule->id) +
                       ']';
    }
    file.acceptable = false;
  }
  if (file.acceptable) warn_of_order(*definition, text, log_);
  return file;
}

}  // namespace srvwarden::daemon
