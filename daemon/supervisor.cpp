// Supervisor: wanted and sent, and the difference.
// SPDX-License-Identifier: Apache-2.0
#include "supervisor.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "announcements.hpp"
#include "next_name.hpp"

namespace srvwarden::daemon {

Supervisor::Supervisor(Publisher& publisher, Log& log, Naming naming,
                       std::vector<std::string> interfaces)
    : publisher_(publisher),
      log_(log),
      naming_(std::move(naming)),
      interfaces_(std::move(interfaces)) {}

LoadSummary Supervisor::load(std::vector<CheckedFile> files) {
  LoadSummary summary;
  summary.files = files.size();
  forget_missing(files);
  for (CheckedFile& file : files) accept(std::move(file), summary);
  synchronize();
  for (const auto& [path, file] : files_) summary.services += file.definition.services.size();
  return summary;
}

void Supervisor::accept(CheckedFile file, LoadSummary& summary) {
  const std::string path = file.definition.path;
  const auto known = files_.find(path);
  if (file.acceptable) {
    warn_of_order(file.definition);
    File& mine = files_[path];
    mine.definition = std::move(file.definition);
    return name(mine);
  }
  if (known == files_.end()) {
    ++summary.refused;
    return log_(Level::error, "refused", path + ": refused: nothing of it is announced",
                {{"file", path}});
  }
  ++summary.kept;
  log_(Level::warning, "kept", path + ": refused: its last good version stays announced",
       {{"file", path}});
}

// Avahi has no way to say either.
void Supervisor::warn_of_order(const Definition& definition) {
  for (const ServiceDefinition& service : definition.services) {
    for (const DefinitionText* text : {&service.priority, &service.weight}) {
      if (text->value.find_first_not_of('0') == text->value.npos) continue;
      log_(Level::warning, "unsupported",
           definition.path + ':' + std::to_string(text->at.line) + ": announced as 0, not " +
               text->value + ": Avahi announces no other priority or weight",
           {{"file", definition.path}});
    }
  }
}

void Supervisor::forget_missing(const std::vector<CheckedFile>& files) {
  std::set<std::string> present;
  for (const CheckedFile& file : files) present.insert(file.definition.path);
  std::erase_if(files_, [&](const auto& known) { return !present.contains(known.first); });
}

// A name that was taken after a collision stays, unless the file now asks for another.
void Supervisor::name(File& file) {
  std::string wanted = naming_(file.definition, host_);
  if (wanted == file.wanted) return;
  file.taken = wanted;
  file.wanted = std::move(wanted);
}

void Supervisor::synchronize() {
  std::map<std::string, Service> wanted;
  for (const auto& [path, file] : files_) {
    for (Announcement& one : announcements_of(file.definition, file.taken, interfaces_)) {
      std::string key = one.key;
      wanted.emplace(std::move(key), Service{path, std::move(one), false, std::nullopt});
    }
  }
  withdraw_unwanted(wanted);
  for (auto& [key, service] : wanted) {
    Service& mine = services_[key];
    const bool same = mine.sent && mine.announcement == service.announcement;
    if (same) continue;
    mine = std::move(service);
    if (!up_) continue;
    mine.sent = true;
    publisher_.publish(mine.announcement);
  }
}

// Withdrawn before anything new is published, since the new may take the name of the old.
void Supervisor::withdraw_unwanted(const std::map<std::string, Service>& wanted) {
  std::erase_if(services_, [&](const auto& known) {
    if (wanted.contains(known.first)) return false;
    publisher_.withdraw(known.first);
    log_(Level::info, "withdrawn", words_for(known.second.announcement) + " is withdrawn",
         {{"key", known.first}});
    return true;
  });
}

void Supervisor::handle(const Event& event) {
  if (const auto* up = std::get_if<BackendUp>(&event)) handle_up(*up);
  if (const auto* down = std::get_if<BackendDown>(&event)) handle_down(*down);
  if (const auto* change = std::get_if<StateChange>(&event)) handle_change(*change);
}

void Supervisor::handle_up(const BackendUp& up) {
  log_(Level::info, "up", "announcing through " + up.detail + " as " + up.host + '.' + up.domain,
       {{"host", up.host}, {"domain", up.domain}, {"backend", up.detail}});
  up_ = was_up_ = true;
  last_down_.clear();
  host_ = up.host;
  for (auto& [path, file] : files_) name(file);
  for (auto& [key, service] : services_) service.sent = false;
  synchronize();
}

void Supervisor::handle_down(const BackendDown& down) {
  up_ = false;
  for (auto& [key, service] : services_) {
    service.sent = false;
    service.state.reset();
  }
  if (std::exchange(last_down_, down.detail) == down.detail) return;  // told once
  log_(was_up_ ? Level::warning : Level::info, "down",
       (was_up_ ? "nothing is announced: " : "nothing is announced yet: ") + down.detail,
       {{"detail", down.detail}});
}

void Supervisor::handle_change(const StateChange& change) {
  const auto found = services_.find(change.key);
  if (found == services_.end() || !up_) return;
  Service& service = found->second;
  if (change.instance != service.announcement.instance) return;  // of a name that it no longer has
  service.state = change.state;
  tell(service, change);
  if (change.state == State::collision) rename(service, change.detail);
}

void Supervisor::tell(const Service& service, const StateChange& change) {
  if (change.state == State::registering || change.state == State::collision) return;
  const bool failed = change.state == State::failed;
  std::string message =
      words_for(service.announcement) + (failed ? " is not announced" : " is established");
  if (!change.detail.empty()) message += ": " + change.detail;
  log_(failed ? Level::error : Level::info, name_of(change.state), std::move(message),
       {{"key", change.key},
        {"instance", change.instance},
        {"type", service.announcement.type},
        {"file", service.path},
        {"detail", change.detail}});
}

// All services of a file have one name, and keep having one. RFC 6763 §8 says why.
void Supervisor::rename(Service& service, const std::string& why) {
  const auto file = files_.find(service.path);
  if (file == files_.end()) return;
  const std::string before = file->second.taken;
  file->second.taken = next_instance_name(before);
  log_(Level::warning, "renamed",
       words_for(service.announcement) + " becomes \"" + file->second.taken + "\": " + why,
       {{"key", service.announcement.key}, {"from", before}, {"to", file->second.taken}});
  synchronize();
}

const Announcement* Supervisor::find(const std::string& key) const {
  const auto found = services_.find(key);
  return found == services_.end() || !found->second.sent ? nullptr : &found->second.announcement;
}

std::size_t Supervisor::established() const {
  return static_cast<std::size_t>(std::count_if(
      services_.begin(), services_.end(),
      [](const auto& service) { return service.second.state == State::established; }));
}

}  // namespace srvwarden::daemon
