// Supervisor: files become wanted services.
// SPDX-License-Identifier: Apache-2.0
#include "supervisor.hpp"

#include <algorithm>
#include <utility>

#include "full_name.hpp"

namespace srvwarden::daemon {

namespace {

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool has_name(const Service& service, const std::string& wanted, const std::string& name) {
  const Announcement& mine = service.announcement();
  return name == mine.instance || name == wanted || name == mine.key || name == service.path() ||
         name == file_name(service.path()) || name == mine.instance + '.' + mine.type ||
         name == wanted + '.' + mine.type;
}

}  // namespace

Supervisor::Supervisor(Publisher& publisher, Log& log, TakenNames& names, SupervisorHooks hooks)
    : publisher_(publisher), log_(log), names_(names), hooks_(std::move(hooks)) {}

LoadSummary Supervisor::load(const std::vector<CheckedFile>& files) {
  LoadSummary summary;
  summary.files = files.size();
  Paths present;
  for (const CheckedFile& file : files) present.insert(file.path);
  Paths missing;
  for (const auto& [path, file] : files_) {
    if (!file.advertised && !present.contains(path)) missing.insert(path);
  }
  for (const std::string& path : missing) forget(path);
  std::erase_if(wrong_, [&](const auto& wrong) { return !present.contains(wrong.first); });
  Paths changed;
  for (const CheckedFile& file : files) accept(file, summary, changed);
  synchronize(changed);
  for (const auto& [path, file] : files_) {
    if (!file.advertised) summary.services += file.definition->services.size();
  }
  if (hooks_.changed) hooks_.changed();
  return summary;
}

void Supervisor::settings_changed() {
  Paths all;
  for (const auto& [path, file] : files_) all.insert(path);
  synchronize(all);
  if (hooks_.changed) hooks_.changed();
}

void Supervisor::put(const CheckedFile& advertised) {
  LoadSummary summary;
  Paths changed;
  accept(advertised, summary, changed);
  files_[advertised.path].advertised = true;
  synchronize(changed);
}

void Supervisor::drop(const std::string& path) {
  forget(path);
  synchronize({});  // another file may have waited for its name
  if (hooks_.changed) hooks_.changed();
}

void Supervisor::accept(const CheckedFile& file, LoadSummary& summary, Paths& changed) {
  if (!file.acceptable) return refuse(file, summary);
  wrong_.erase(file.path);
  File& mine = files_[file.path];
  if (mine.definition == file.definition) return;
  mine.definition = file.definition;
  name(file.path, mine);
  changed.insert(file.path);
}

void Supervisor::refuse(const CheckedFile& file, LoadSummary& summary) {
  const bool kept = files_.contains(file.path);
  ++(kept ? summary.kept : summary.refused);
  FileStatus now{file.path, kept, file.complaint};
  const auto before = wrong_.find(file.path);
  const bool told = before != wrong_.end() && before->second.kept == kept &&
                    before->second.complaint == file.complaint;
  wrong_[file.path] = std::move(now);
  if (told) return;
  log_(kept ? Level::warning : Level::error, kept ? "kept" : "refused",
       file.path + (kept ? ": refused: its last good version stays announced"
                         : ": refused: nothing of it is announced"),
       {{"file", file.path}});
}

void Supervisor::forget(const std::string& path) {
  const auto file = files_.find(path);
  if (file == files_.end()) return;
  for (const std::string& key : file->second.keys) {
    const auto owner = owners_.find(full_name(services_.at(key).announcement()));
    if (owner != owners_.end() && owner->second == path) owners_.erase(owner);
    remove(key);
  }
  files_.erase(file);
  displaced_.erase(path);
}

void Supervisor::remove(const std::string& key) {
  const auto service = services_.find(key);
  if (service == services_.end()) return;
  if (hooks_.unwanted) hooks_.unwanted(key);
  withdraw(service->second);
  services_.erase(service);
}

// All that goes is withdrawn before anything new is published, since the new may take the name of
// the old.
void Supervisor::synchronize(Paths paths) {
  paths.insert(displaced_.begin(), displaced_.end());
  give_names(paths);
  std::vector<std::pair<std::string, Announcement>> wanted;
  for (const std::string& path : paths) {
    File& file = files_.at(path);
    std::set<std::string> keys;
    for (Announcement& one : announcements(path, file, file.given)) {
      keys.insert(one.key);
      wanted.emplace_back(path, std::move(one));
    }
    for (const std::string& key : file.keys) {
      if (!keys.contains(key)) remove(key);
    }
    file.keys = std::move(keys);
  }
  for (const auto& [path, one] : wanted) {
    const auto service = services_.find(one.key);
    if (service == services_.end()) continue;
    const auto owner = owners_.find(full_name(service->second.announcement()));
    if (owner != owners_.end() && owner->second != path) withdraw(service->second);
  }
  for (auto& [path, one] : wanted) want(path, std::move(one));
}

void Supervisor::want(const std::string& path, Announcement announcement) {
  const std::string key = announcement.key;
  const auto [place, is_new] = services_.try_emplace(key, path, announcement);
  Service& service = place->second;
  const bool waits = hooks_.wanted && hooks_.wanted(announcement, {path, files_.at(path).wanted});
  if (!waits) {
    service.set_health(Health::unchecked, {});
  } else if (service.health() == Health::unchecked) {
    service.set_health(Health::unknown, {});
  }
  if (is_new || service.announcement() != announcement) {
    service.set_ordered_back(ordered_back_.contains(key));
    if (service.hold() != Hold::none) withdraw(service);
    service.change(std::move(announcement));
  }
  push(service);
}

/// Tells the publisher what it does not know yet of the service.
void Supervisor::push(Service& service) {
  if (service.hold() != Hold::none) {
    withdraw(service);
  } else if (up_ && !service.is_sent()) {
    service.set_sent(true);
    publisher_.publish(service.announcement());
  }
  settle(service);
}

void Supervisor::withdraw(Service& service) {
  if (!service.is_sent()) return;
  service.set_sent(false);
  const Announcement& was = service.announcement();
  publisher_.withdraw(was.key);
  log_(Level::info, "withdrawn", words_for(was) + " is withdrawn", {{"key", was.key}});
}

void Supervisor::settle(Service& service) {
  if (service.settle(trouble_) && hooks_.changed) hooks_.changed();
}

void Supervisor::hear(const std::string& key, std::vector<std::string> interfaces,
                      bool everywhere) {
  const auto found = services_.find(key);
  if (found == services_.end() || !found->second.is_sent()) return;
  found->second.set_heard(std::move(interfaces), everywhere);
  settle(found->second);
}

void Supervisor::set_health(const std::string& key, Health health, std::string words) {
  const auto found = services_.find(key);
  if (found == services_.end()) return;
  Service& service = found->second;
  if (health != service.health()) {
    const bool good = health == Health::good;
    log_(good ? Level::info : Level::warning, good ? "healthy" : "unhealthy",
         words_for(service.announcement()) + (good ? " is healthy: " : " is not healthy: ") + words,
         {{"key", key}, {"file", service.path()}, {"detail", words}});
  }
  service.set_health(health, std::move(words));
  push(service);
}

std::size_t Supervisor::order(const std::string& name, bool back) {
  std::size_t count = 0;
  for (auto& [key, service] : services_) {
    if (!has_name(service, files_.at(service.path()).wanted, name)) continue;
    ++count;
    if (service.is_ordered_back() == back) continue;
    log_(Level::info, back ? "held" : "released",
         words_for(service.announcement()) +
             (back ? " is held back by order" : " is announced again by order"),
         {{"key", key}});
    service.set_ordered_back(back);
    if (back) ordered_back_.insert(key);
    if (!back) ordered_back_.erase(key);
    push(service);
  }
  return count;
}

std::vector<ServiceStatus> Supervisor::services() const {
  std::vector<ServiceStatus> all;
  all.reserve(services_.size());
  for (const auto& [key, service] : services_) {
    const File& file = files_.at(service.path());
    ServiceStatus& status = all.emplace_back(service.status(file.wanted));
    if (file.advertised) status.file.clear();
  }
  return all;
}

std::vector<FileStatus> Supervisor::wrong_files() const {
  std::vector<FileStatus> all;
  for (const auto& [path, status] : wrong_) all.push_back(status);
  return all;
}

const Announcement* Supervisor::find(const std::string& key) const {
  const auto found = services_.find(key);
  const bool there = found != services_.end() && found->second.is_sent();
  return there ? &found->second.announcement() : nullptr;
}

std::size_t Supervisor::established() const {
  return static_cast<std::size_t>(std::count_if(
      services_.begin(), services_.end(),
      [](const auto& service) { return service.second.told() == State::established; }));
}

}  // namespace srvwarden::daemon
