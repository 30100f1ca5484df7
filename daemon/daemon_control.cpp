// Daemon: what its clients ask for.
// SPDX-License-Identifier: Apache-2.0
#include <systemd/sd-daemon.h>

#include <ctime>
#include <utility>

#include "announcements.hpp"
#include "daemon.hpp"
#include "definition/service_values.hpp"
#include "report/finding_text.hpp"
#include "rules/check_definition.hpp"

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

/// The part of the values that a finding is about.
std::string part_of(const ValuesDefinition& values, const Finding& finding) {
  for (const ValuePart& part : values.parts) {
    if (finding.at.offset <= part.offset + part.length) return std::string(part.name);
  }
  return "";
}

/// Judged by the same rules as definitions are.
CheckedFile checked(const std::string& path, const Advertisement& wanted,
                    const Registry& registry) {
  ValuesDefinition values =
      definition_of({wanted.instance, wanted.type, std::to_string(wanted.port), wanted.txt,
                     wanted.subtypes, wanted.domain, wanted.host});
  values.definition.path = path;
  CheckOptions options;
  options.registry = &registry;
  CheckedFile file{path, nullptr, true, {}};
  for (const Finding& finding : check_definition(values.definition, options)) {
    if (finding.severity != Severity::error || !file.acceptable) continue;
    file.acceptable = false;
    file.complaint = part_of(values, finding) + ": " + report::message_of(finding) + " [" +
                     std::string(finding.rule->id) + ']';
  }
  file.definition = std::make_shared<Definition>(std::move(values.definition));
  return file;
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

WatchCounts Daemon::watched() const { return watch_ ? watch_->counts() : WatchCounts(); }

Answer Daemon::reload() {
  if (stopping_) return {false, "the daemon is stopping", 0, {}};
  notify_reloading();
  const ConfigOutcome config = reread_config();
  const LoadSummary loaded = supervisor_->load(definitions_.read_anew());
  supervisor_->settings_changed();
  watch_folders();
  std::string words = "reloaded " + counted(loaded.files, "definition", "definitions") + " with " +
                      counted(loaded.services, "service", "services") + "; refused " +
                      std::to_string(loaded.refused) + ", last good version kept of " +
                      std::to_string(loaded.kept);
  if (!definitions_.all_readable()) words += "; not every folder could be read";
  log_(Level::info, "reloaded", words);
  if (!config.words.empty()) words = config.words + "; " + words;
  sd_notify(0, "READY=1");
  const bool whole =
      config.good && definitions_.all_readable() && loaded.refused + loaded.kept == 0;
  return {whole, std::move(words), loaded.services, {}};
}

Answer Daemon::withdraw(const std::string& name) { return order(name, true); }
Answer Daemon::announce(const std::string& name) { return order(name, false); }

Answer Daemon::order(const std::string& name, bool back) {
  if (stopping_) return {false, "the daemon is stopping", 0, {}};
  const std::size_t count = supervisor_->order(name, back);
  if (count == 0) return {false, "no service, definition or file has this name", 0, {}};
  return {true,
          counted(count, "service is ", "services are ") + (back ? "withdrawn" : "announced"),
          count,
          {}};
}

Answer Daemon::advertise(const Advertisement& advertisement) {
  if (stopping_) return {false, "the daemon is stopping", 0, {}};
  const std::string path = path_of(advertisement.client, clients_[advertisement.client]);
  const CheckedFile file = checked(path, advertisement, definitions_.registry());
  if (!file.acceptable) return {false, file.complaint, 0, {}};
  ++clients_[advertisement.client];
  supervisor_->put(file);
  return {true, '"' + advertisement.instance + "\" " + advertisement.type + " is being announced",
          1, announcements_of(*file.definition, advertisement.instance).front().key};
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
