// Supervisor: decides what is to be announced, and tells the publisher what has changed. No I/O.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "checked_file.hpp"
#include "log.hpp"
#include "publish/publisher.hpp"
#include "service.hpp"
#include "status.hpp"
#include "taken_names.hpp"

namespace srvwarden::daemon {

/// What became of the files of one load().
struct LoadSummary {
  std::size_t files = 0;
  std::size_t services = 0;  ///< wanted
  std::size_t refused = 0;   ///< files with nothing to announce in their place
  std::size_t kept = 0;      ///< files that turned wrong: their last good version stays
};

/// What the supervisor asks of the rest of the daemon, and tells it. Each may be empty but naming.
struct SupervisorHooks {
  /// The instance name of a definition on a host: wildcards replaced.
  std::function<std::string(const Definition& definition, const std::string& host)> naming;
  /// Where a service comes from: its definition, and the instance name that asks for.
  struct Origin {
    const std::string& path;
    const std::string& wanted;
  };
  /// Completes an announcement by what is configured for its service.
  std::function<void(Announcement& announcement, const Origin& origin)> shape;
  /// A service is wanted, perhaps as it was before. Returns whether it waits for its health.
  std::function<bool(const Announcement& announcement, const Origin& origin)> wanted;
  std::function<void(const std::string& key)> unwanted;
  /// Something that status() says has changed.
  std::function<void()> changed;
};

/// Knows the last good version of every file, the name that each has taken, and what the publisher
/// was told.
class Supervisor {
 public:
  /// The publisher, the log and the names must outlive the supervisor.
  Supervisor(Publisher& publisher, Log& log, TakenNames& names, SupervisorHooks hooks);

  /// Takes all files that are there now, and publishes or withdraws what differs from before. What
  /// clients advertise is no file and stays.
  LoadSummary load(const std::vector<CheckedFile>& files);
  /// What the hooks say of services may be another now: does what differs from before.
  void settings_changed();
  /// Takes what a client advertises, in place of what had the path. It must be acceptable.
  void put(const CheckedFile& advertised);
  /// Withdraws it.
  void drop(const std::string& path);

  /// Takes the publisher's events; Stopped and Remark are not ours.
  void handle(const Event& event);
  /// Where a service has been heard on the link, as asked.
  void hear(const std::string& key, std::vector<std::string> interfaces, bool everywhere);
  void set_health(const std::string& key, Health health, std::string words);
  /// Holds back, or announces again, by order, what has the name: an instance, "instance.type", a
  /// key, or a definition's path or file name.
  ///
  /// @return  how many services have it.
  std::size_t order(const std::string& name, bool back);

  std::vector<ServiceStatus> services() const;
  std::vector<FileStatus> wrong_files() const;
  /// Why nothing is announced; empty where the publisher is up.
  const std::string& trouble() const noexcept { return trouble_; }
  /// The announcement that the publisher was last given under a key, or null.
  const Announcement* find(const std::string& key) const;
  std::size_t established() const;

 private:
  struct File {
    std::shared_ptr<const Definition> definition;  ///< the last good version
    std::string wanted;                            ///< its instance name
    std::string taken;                             ///< the name instead, after collisions
    std::string given;           ///< the name now: as long as another file has that one
    std::set<std::string> keys;  ///< of its services
    bool advertised = false;     ///< by a client
  };
  using Paths = std::set<std::string>;

  /// @param changed  takes the path if there is something to do for it.
  void accept(const CheckedFile& file, LoadSummary& summary, Paths& changed);
  void refuse(const CheckedFile& file, LoadSummary& summary);
  void forget(const std::string& path);
  void remove(const std::string& key);
  void name(const std::string& path, File& file);
  void give_names(Paths paths);
  void give_name(const std::string& path, File& file);
  bool is_free(const std::string& path, const File& file, const std::string& instance) const;
  /// Publishes and withdraws what differs from before in these files.
  void synchronize(Paths paths);
  std::vector<Announcement> announcements(const std::string& path, const File& file,
                                          const std::string& instance) const;
  void want(const std::string& path, Announcement announcement);
  void push(Service& service);
  void withdraw(Service& service);
  void settle(Service& service);

  void handle_up(const BackendUp& up);
  void handle_down(const BackendDown& down);
  void handle_change(const StateChange& change);
  void rename(const Service& service, const std::string& why);
  void tell(const Service& service, const StateChange& change);

  Publisher& publisher_;
  Log& log_;
  TakenNames& names_;
  SupervisorHooks hooks_;
  std::string host_;
  std::string trouble_ = "the publisher is starting";
  std::string last_down_;
  std::map<std::string, File> files_;          // by path
  std::map<std::string, Service> services_;    // by key
  std::map<std::string, FileStatus> wrong_;    // by path
  std::map<std::string, std::string> owners_;  // paths by the full names that they are given
  Paths displaced_;                            // files that are not given the name they took
  std::set<std::string> ordered_back_;         // keys
  bool up_ = false;
  bool was_up_ = false;
};

}  // namespace srvwarden::daemon
