// Daemon: the parts of srvwardend on one io_context, from the first file read to the last goodbye.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "definition_folder.hpp"
#include "log.hpp"
#include "publisher.hpp"
#include "supervisor.hpp"
#include "wire_watch.hpp"

namespace srvwarden::daemon {

enum class Choice : std::uint8_t { automatic, avahi, embedded };

struct Options {
  std::string folder;
  Choice publisher = Choice::automatic;
  std::vector<std::string> interfaces;  ///< names; none: all that can multicast
  std::string host_name;                ///< of the embedded responder; empty: the system's
};

/// Exit statuses, as srvwardend(8) documents them.
inline constexpr int exit_stopped = 0;
inline constexpr int exit_cannot_announce = 1;
inline constexpr int exit_usage = 2;
inline constexpr int exit_unreadable = 3;

class Daemon {
 public:
  /// The log must outlive the daemon.
  Daemon(Options options, Log& log);
  ~Daemon();

  /// Runs until told to stop, or until nothing can be announced.
  ///
  /// @return  the exit status.
  int run();
  /// A thread may still be blocked in a library: leave with std::_Exit.
  bool must_leave_at_once() const noexcept { return abandoned_; }

 private:
  std::unique_ptr<Publisher> choose_publisher();
  int start();
  int load_first();
  void reload();
  void handle(const Event& event);
  void become_ready();
  void wait_for_signal();
  void on_signal(int signal);
  void stop(int status);
  void on_stopped();
  void await_goodbyes();
  void finish(bool abandoned);

  Options options_;
  Log& log_;
  boost::asio::io_context context_{1};
  boost::asio::signal_set signals_;
  boost::asio::steady_timer timer_;
  DefinitionFolder folder_;
  WireWatch wire_;
  std::unique_ptr<Publisher> publisher_;
  std::unique_ptr<Supervisor> supervisor_;
  int status_ = exit_stopped;
  std::chrono::steady_clock::time_point stop_began_{};
  bool ready_ = false;
  bool stopping_ = false;
  bool abandoned_ = false;
};

}  // namespace srvwarden::daemon
