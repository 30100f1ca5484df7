// Daemon: what its clients ask for.
// SPDX-License-Identifier: Apache-2.0
#include <systemd/sd-daemon.h>

#include <ctime>
#include <utility>

#include "advertised_definition.hpp"
#include "daemon.hpp"

namespace srvwarden::daemon {

namespace {

void notify_reloading() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%lld",
             static_cast<long long>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1'000);
}

std::string counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + ' ' + (count == 1 ? one : many);
}

/// Where a client's service stands among the files.
std::string path_of(std::uint64_t client, std::size_t number) {
  return "client " + std::to_string(client) + '.' + std::to_string(number);
}

}  // namespace

DaemonStatus Daemon::status() const {
  DaemonStatus status;
  status.version = SRVWARDEN_VERSION;
  status.started = started_;
  if (!supervisor_) return status;
  status.trouble = supervisor_->trouble();
  if (status.trouble.empty()) status.backend = backend_.detail;
  status.host = backend_.host;
  status.domain = backend_.domain;
  status.services = supervisor_->services();
  for (ServiceStatus& one : status.services) one.health = health_.last(one.announcement.key);
  status.wrong_files = supervisor_->wrong_files();
  return status;
}

Answer Daemon::reload() {
  if (stopping_) return {false, "the daemon is stopping", 0};
  notify_reloading();
  const LoadSummary loaded = supervisor_->load(definitions_.read_anew());
  std::string words = "reloaded " + counted(loaded.files, "definition", "definitions") + " with " +
                      counted(loaded.services, "service", "services") + "; refused " +
                      std::to_string(loaded.refused) + ", last good version kept of " +
                      std::to_string(loaded.kept);
  if (!definitions_.all_readable()) words += "; not every folder could be read";
  log_(Level::info, "reloaded", words);
  sd_notify(0, "READY=1");
  const bool whole = definitions_.all_readable() && loaded.refused + loaded.kept == 0;
  return {whole, std::move(words), loaded.services};
}

Answer Daemon::withdraw(const std::string& name) { return order(name, true); }
Answer Daemon::announce(const std::string& name) { return order(name, false); }

Answer Daemon::order(const std::string& name, bool back) {
  if (stopping_) return {false, "the daemon is stopping", 0};
  const std::size_t count = supervisor_->order(name, back);
  if (count == 0) return {false, "no service, definition or file has this name", 0};
  return {true, counted(count, "service is ", "services are ") + (back ? "withdrawn" : "announced"),
          count};
}

Answer Daemon::advertise(const Advertisement& advertisement) {
  if (stopping_) return {false, "the daemon is stopping", 0};
  const std::string path = path_of(advertisement.client, clients_[advertisement.client]);
  const CheckedFile file =
      definitions_.check(path, definition_text(advertisement), DefinitionFormat::avahi_service);
  if (!file.acceptable) return {false, file.complaint, 0};
  ++clients_[advertisement.client];
  supervisor_->put(file);
  return {true, '"' + advertisement.instance + "\" " + advertisement.type + " is being announced",
          1};
}

void Daemon::release(std::uint64_t client) {
  const auto mine = clients_.find(client);
  if (mine == clients_.end()) return;
  for (std::size_t i = 0; i < mine->second && !stopping_; ++i) {
    supervisor_->drop(path_of(client, i));
  }
  clients_.erase(mine);
}

}  // namespace srvwarden::daemon
