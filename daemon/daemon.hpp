// Daemon: the parts of srvwardend on one io_context, from the first file read to the last goodbye.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "config/read_config.hpp"
#include "control/control_server.hpp"
#include "control/inherited_socket.hpp"
#include "definitions.hpp"
#include "folder_watch.hpp"
#include "health/health_monitor.hpp"
#include "log.hpp"
#include "publish/publisher.hpp"
#include "supervisor.hpp"
#include "taken_names.hpp"
#include "watch/link_watch.hpp"
#include "watchdog.hpp"
#include "wire_watch.hpp"

namespace srvwarden::daemon {

/// Exit statuses, as srvwardend(8) documents them.
inline constexpr int exit_stopped = 0;
inline constexpr int exit_cannot_announce = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_unreadable = 3;

class Daemon final : public Controlled {
 public:
  /// Reads the configuration as at the start.
  using ReadConfig = std::function<ConfigReading()>;

  /// The log must outlive the daemon.
  ///
  /// @param read_config  for reloads; empty: the configuration stays.
  /// @param socket       the control socket where it is inherited; the daemon's from now on.
  Daemon(Config config, Log& log, ReadConfig read_config = {}, InheritedSocket socket = {});
  ~Daemon() override;

  /// Runs until told to stop, or until nothing can be announced.
  ///
  /// @return  the exit status.
  int run();
  /// A thread may still be blocked in a library: leave with std::_Exit.
  bool must_leave_at_once() const noexcept { return abandoned_; }

  DaemonStatus status() const override;
  WatchCounts watched() const override;
  Answer reload() override;
  Answer withdraw(const std::string& name) override;
  Answer announce(const std::string& name) override;
  Answer advertise(const Advertisement& advertisement) override;
  void release(std::uint64_t client) override;

 private:
  struct ConfigOutcome {
    bool good = true;
    std::string words;  ///< empty: nothing is to be said
  };

  std::unique_ptr<Publisher> choose_publisher();
  SupervisorHooks hooks();
  int start();
  void open_control();
  void tell_inherited(const std::string& configured);
  void watch_link();
  void load_changes();
  void watch_folders();
  ConfigOutcome reread_config();
  void take(Config wanted);
  Answer order(const std::string& name, bool back);
  void handle(const Event& event);
  void handle_change(StateChange change);
  bool watch_health(const Announcement& announcement, const SupervisorHooks::Origin& origin);
  void become_ready();
  void save_names_soon();
  void tell_left_out();
  void wait_for_signal();
  void on_signal(int signal);
  void stop(int status);
  void on_stopped();
  void await_goodbyes();
  void finish(bool abandoned);

  const Config at_start_;
  Config config_;  ///< as at the start, but for what was taken since
  ReadConfig read_config_;
  Log& log_;
  boost::asio::io_context context_{1};
  boost::asio::signal_set signals_;
  boost::asio::steady_timer timer_;
  boost::asio::steady_timer save_;
  boost::asio::steady_timer left_out_;
  Definitions definitions_;
  FolderWatch folders_;
  TakenNames names_;
  WireWatch wire_;
  std::unique_ptr<LinkWatch> watch_;  ///< null: not wanted
  Watchdog watchdog_;
  HealthMonitor health_;
  Counters counters_;
  InheritedSocket inherited_;
  ControlServer control_;
  std::unique_ptr<Publisher> publisher_;
  std::unique_ptr<Supervisor> supervisor_;
  std::chrono::system_clock::time_point started_ = std::chrono::system_clock::now();
  BackendUp backend_;                             ///< the last that was up
  std::map<std::uint64_t, std::size_t> clients_;  ///< what each has advertised, counted
  int status_ = exit_stopped;
  std::chrono::steady_clock::time_point stop_began_{};
  bool ready_ = false;
  bool stopping_ = false;
  bool abandoned_ = false;
};

}  // namespace srvwarden::daemon
