// ChildProcess: a program in a process group of its own, of which nothing is left in the end.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

namespace srvwarden::daemon {

/// How a process ended.
struct ChildEnd {
  bool known = false;  ///< false: somebody else has taken its status (SIGCHLD is ignored)
  int status = 0;      ///< of exit; of one that was not killed
  int signal = 0;      ///< that killed it; 0: none
};

/// Has the null device for input and output, a pipe for its errors, and no other descriptor of
/// ours; works in "/". Its end is seen through a pidfd. Handlers keep it alive until its whole
/// group is gone; whoever lost interest calls kill() and lets go.
class ChildProcess : public std::enable_shared_from_this<ChildProcess> {
 public:
  static constexpr std::size_t longest_error_line = 200;  ///< bytes that are kept

  using Done = std::function<void(const ChildEnd&)>;

  explicit ChildProcess(boost::asio::io_context& context)
      : errors_(context), pidfd_(context), timer_(context) {}
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();  ///< kills the group, if the loop ended before it

  /// @param command  an absolute path and arguments.
  /// @param done     is called once, when the process itself has ended; never after kill(). What
  ///                 it left running in its group is killed by then.
  std::error_code start(std::vector<std::string> command, Done done);
  /// Kills the whole group.
  void kill();
  /// Neither the process nor any of its group is there, but for zombies that are not ours to reap.
  bool gone() const noexcept { return pid_ < 0; }
  pid_t pid() const noexcept { return pid_; }
  /// What it wrote to standard error first, untrusted.
  const std::string& error_line() const noexcept { return error_line_; }

 private:
  int spawn(std::vector<std::string> command, int errors);
  void read_errors();
  void take_errors(std::size_t size);
  void take_last_errors();
  void await_end();
  void on_end();
  void await_group();
  bool reap() noexcept;

  boost::asio::posix::stream_descriptor errors_;
  boost::asio::posix::stream_descriptor pidfd_;
  boost::asio::steady_timer timer_;
  std::array<char, 1024> buffer_{};
  std::string error_line_;
  bool error_line_ended_ = false;
  Done done_;
  pid_t pid_ = -1;                      // of the leader, which is the group's number
  bool reaped_ = false;                 // the leader; some of its group may still be there
  std::chrono::milliseconds wait_{10};  // until the group is looked for again
};

}  // namespace srvwarden::daemon
