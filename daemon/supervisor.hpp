// Supervisor: decides what is to be announced, and tells the publisher what has changed. No I/O.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "log.hpp"
#include "publisher.hpp"
#include "srvwarden/definition.hpp"

namespace srvwarden::daemon {

/// A definition file as it was read now.
struct CheckedFile {
  Definition definition;
  bool acceptable = false;  ///< no error found; else what is wrong has been told already
};

/// What became of the files of one load().
struct LoadSummary {
  std::size_t files = 0;
  std::size_t services = 0;  ///< to be announced
  std::size_t refused = 0;   ///< files with nothing to announce in their place
  std::size_t kept = 0;      ///< files that turned wrong: their last good version stays
};

/// Knows the last good version of every file, the name that each has taken, and what the publisher
/// was told.
class Supervisor {
 public:
  /// The instance name of a definition on a host: wildcards replaced.
  using Naming = std::function<std::string(const Definition& definition, const std::string& host)>;

  /// The publisher and the log must outlive the supervisor.
  Supervisor(Publisher& publisher, Log& log, Naming naming, std::vector<std::string> interfaces);

  /// Takes all files that are there now, and publishes or withdraws what differs from before.
  LoadSummary load(std::vector<CheckedFile> files);
  /// Takes the publisher's events; Stopped and Remark are not ours.
  void handle(const Event& event);

  /// The announcement that the publisher was last given under a key, or null.
  const Announcement* find(const std::string& key) const;
  std::size_t established() const;

 private:
  struct File {
    Definition definition;  ///< the last good version
    std::string wanted;     ///< its instance name
    std::string taken;      ///< the name instead, after collisions; or the same
  };
  struct Service {
    std::string path;
    Announcement announcement;
    bool sent = false;
    std::optional<State> state;
  };

  void accept(CheckedFile file, LoadSummary& summary);
  void warn_of_order(const Definition& definition);
  void forget_missing(const std::vector<CheckedFile>& files);
  void name(File& file);
  void synchronize();
  void withdraw_unwanted(const std::map<std::string, Service>& wanted);
  void handle_up(const BackendUp& up);
  void handle_down(const BackendDown& down);
  void handle_change(const StateChange& change);
  void rename(Service& service, const std::string& why);
  void tell(const Service& service, const StateChange& change);

  Publisher& publisher_;
  Log& log_;
  Naming naming_;
  std::vector<std::string> interfaces_;
  std::string host_;
  std::string last_down_;
  std::map<std::string, File> files_;        // by path
  std::map<std::string, Service> services_;  // by key
  bool up_ = false;
  bool was_up_ = false;
};

}  // namespace srvwarden::daemon
