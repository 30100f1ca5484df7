// Supervisor: the publisher's events.
// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "next_name.hpp"
#include "supervisor.hpp"

namespace srvwarden::daemon {

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
  trouble_.clear();
  host_ = up.host;
  Paths all;
  for (auto& [path, file] : files_) {
    name(path, file);
    all.insert(path);
  }
  for (auto& [key, service] : services_) service.set_sent(false);
  synchronize(all);
}

void Supervisor::handle_down(const BackendDown& down) {
  up_ = false;
  trouble_ = down.detail;
  for (auto& [key, service] : services_) {
    service.set_sent(false);
    settle(service);
  }
  if (std::exchange(last_down_, down.detail) == down.detail) return;  // told once
  log_(was_up_ ? Level::warning : Level::info, "down",
       (was_up_ ? "nothing is announced: " : "nothing is announced yet: ") + down.detail,
       {{"detail", down.detail}});
}

void Supervisor::handle_change(const StateChange& change) {
  const auto found = services_.find(change.key);
  if (found == services_.end() || !found->second.is_sent()) return;
  Service& service = found->second;
  if (change.instance != service.announcement().instance) return;  // a name that it had before
  service.set_told(change.state, change.detail);
  tell(service, change);
  if (change.state == State::collision) return rename(service, change.detail);
  settle(service);
}

void Supervisor::tell(const Service& service, const StateChange& change) {
  if (change.state == State::registering || change.state == State::collision) return;
  const bool failed = change.state == State::failed;
  std::string message =
      words_for(service.announcement()) + (failed ? " is not announced" : " is established");
  if (!change.detail.empty()) message += ": " + change.detail;
  log_(failed ? Level::error : Level::info, name_of(change.state), std::move(message),
       {{"key", change.key},
        {"instance", change.instance},
        {"type", service.announcement().type},
        {"file", service.path()},
        {"detail", change.detail}});
}

// All services of a file have one name, and keep having one. RFC 6763 §8 says why.
void Supervisor::rename(const Service& service, const std::string& why) {
  const std::string path = service.path();
  File& file = files_.at(path);
  const std::string before = std::exchange(file.taken, next_instance_name(file.given));
  names_.set(path, file.wanted, file.taken);
  log_(Level::warning, "renamed",
       words_for(service.announcement()) + " becomes \"" + file.taken + "\": " + why,
       {{"key", service.announcement().key}, {"from", before}, {"to", file.taken}});
  synchronize({path});
}

}  // namespace srvwarden::daemon
