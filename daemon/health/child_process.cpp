// ChildProcess: posix_spawn, pidfd, and the end of a process group.
// SPDX-License-Identifier: Apache-2.0
#include "health/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

namespace srvwarden::daemon {

namespace {

using boost::asio::posix::stream_descriptor;

constexpr std::chrono::milliseconds longest_wait{1000};
constexpr std::chrono::milliseconds patience{100};  // with whoever is to reap orphans
constexpr int last_wait = 100;                      // milliseconds

/// glibc 2.36 has it, but C++ cannot link it. Closes on exec.
int open_pidfd(pid_t pid) { return static_cast<int>(syscall(SYS_pidfd_open, pid, 0)); }

/// How the child is to begin. Remembers the first error of its making.
class SpawnPlan {
 public:
  explicit SpawnPlan(int errors) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    need(posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDONLY, 0));
    need(posix_spawn_file_actions_addopen(&actions_, 1, "/dev/null", O_WRONLY, 0));
    need(posix_spawn_file_actions_adddup2(&actions_, errors, 2));
    need(posix_spawn_file_actions_addclosefrom_np(&actions_, 3));
    need(posix_spawn_file_actions_addchdir_np(&actions_, "/"));
    sigset_t all;
    sigset_t none;
    sigfillset(&all);
    sigemptyset(&none);
    need(posix_spawnattr_setsigdefault(&attributes_, &all));
    need(posix_spawnattr_setsigmask(&attributes_, &none));
    need(posix_spawnattr_setpgroup(&attributes_, 0));
    need(posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP));
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&actions_);
  }

  /// Returns an errno.
  int run(pid_t& pid, char* const* argv) const {
    return error_ != 0 ? error_
                       : posix_spawn(&pid, argv[0], &actions_, &attributes_, argv, environ);
  }

 private:
  void need(int error) noexcept {
    if (error_ == 0) error_ = error;
  }

  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
  int error_ = 0;
};

/// Whether a line of /proc/PID/stat tells of a process of a group that is more than a zombie. Its
/// second word is in parentheses and may have any bytes: "1 (a) b) S 2 GROUP ...".
bool lives_in_group(const std::string& line, pid_t group) {
  std::istringstream rest(line.substr(std::min(line.rfind(')'), line.size() - 1) + 1));
  std::string state;
  pid_t parent = 0;
  pid_t its = 0;
  rest >> state >> parent >> its;
  return its == group && state != "Z" && state != "X";
}

/// Zombies hold nothing but a number; in a container whose process 1 reaps none they stay for ever.
bool has_living(pid_t group) {
  std::error_code error;
  for (std::filesystem::directory_iterator at("/proc", error), end; !error && at != end;
       at.increment(error)) {
    const std::string name = at->path().filename();
    if (name.find_first_not_of("0123456789") != name.npos) continue;
    std::ifstream file(at->path() / "stat");
    std::string line;
    if (std::getline(file, line) && lives_in_group(line, group)) return true;
  }
  return static_cast<bool>(error);
}

ChildEnd end_of(const siginfo_t& info) {
  if (info.si_code == CLD_EXITED) return {true, info.si_status, 0};
  return {true, 0, info.si_status};
}

}  // namespace

ChildProcess::~ChildProcess() {
  if (pid_ < 0 || reaped_) return;
  ::kill(-pid_, SIGKILL);
  const int pidfd = open_pidfd(pid_);  // a loop that goes has closed the one that it waited for
  pollfd ended{pidfd, POLLIN, 0};
  poll(&ended, 1, last_wait);
  close(pidfd);
  reap();
}

std::error_code ChildProcess::start(std::vector<std::string> command, Done done) {
  std::array<int, 2> ends{-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return {errno, std::generic_category()};
  const int failed = spawn(std::move(command), ends[1]);
  close(ends[1]);
  if (failed != 0) {
    close(ends[0]);
    return {failed, std::generic_category()};
  }
  errors_.assign(ends[0]);
  const int pidfd = open_pidfd(pid_);
  if (pidfd < 0) {  // no descriptor is left
    const int error = errno;
    kill();
    return {error, std::generic_category()};
  }
  pidfd_.assign(pidfd);
  done_ = std::move(done);
  read_errors();
  await_end();
  return {};
}

int ChildProcess::spawn(std::vector<std::string> command, int errors) {
  std::vector<char*> argv;
  argv.reserve(command.size() + 1);
  for (std::string& word : command) argv.push_back(word.data());
  argv.push_back(nullptr);
  const int error = SpawnPlan(errors).run(pid_, argv.data());
  if (error != 0) pid_ = -1;
  return error;
}

// Read to its end, so that a child with much to say is not held up; the first line is kept.
void ChildProcess::read_errors() {
  errors_.async_read_some(
      boost::asio::buffer(buffer_),
      [me = shared_from_this()](boost::system::error_code error, std::size_t size) {
        if (error || !me->errors_.is_open()) return;
        me->take_errors(size);
        me->read_errors();
      });
}

void ChildProcess::take_errors(std::size_t size) {
  if (error_line_ended_) return;
  const std::string_view got(buffer_.data(), size);
  const auto end = got.find('\n');
  error_line_ += got.substr(0, end);
  error_line_ended_ = end != got.npos || error_line_.size() >= longest_error_line;
  if (error_line_.size() > longest_error_line) error_line_.resize(longest_error_line);
}

// What was written just before the end may not have been read yet. Others of the group may have
// the pipe, too: its end is not waited for.
void ChildProcess::take_last_errors() {
  boost::system::error_code error;
  errors_.non_blocking(true, error);
  while (!error && !error_line_ended_) {
    const std::size_t size = errors_.read_some(boost::asio::buffer(buffer_), error);
    if (!error) take_errors(size);
  }
  errors_.close(error);
}

void ChildProcess::await_end() {
  pidfd_.async_wait(stream_descriptor::wait_read,
                    [me = shared_from_this()](boost::system::error_code error) {
                      if (!error && me->pidfd_.is_open()) me->on_end();
                    });
}

// The leader's number stands for the group as long as it is not reaped: what is left of the group
// is killed before.
void ChildProcess::on_end() {
  siginfo_t info{};
  const int result = waitid(P_PIDFD, static_cast<id_t>(pidfd_.native_handle()), &info,
                            WEXITED | WNOHANG | WNOWAIT);
  if (result == 0 && info.si_pid == 0) return await_end();
  take_last_errors();
  ::kill(-pid_, SIGKILL);
  boost::system::error_code ignored;
  pidfd_.close(ignored);
  await_group();
  if (const Done done = std::exchange(done_, nullptr)) {
    done(result == 0 ? end_of(info) : ChildEnd{});
  }
}

void ChildProcess::kill() {
  done_ = nullptr;
  if (pid_ < 0) return;
  if (!reaped_) ::kill(-pid_, SIGKILL);
  boost::system::error_code ignored;
  errors_.close(ignored);
  if (!pidfd_.is_open() && !reaped_) await_group();
}

bool ChildProcess::reap() noexcept {
  if (!reaped_) reaped_ = waitpid(pid_, nullptr, WNOHANG) != 0;
  return reaped_;
}

// Orphans of the group are init's to reap, and ours where we are init.
void ChildProcess::await_group() {
  if (pid_ < 0) return;
  if (reap()) {
    while (waitpid(-pid_, nullptr, WNOHANG) > 0) continue;
    const bool empty = ::kill(-pid_, 0) != 0 && errno == ESRCH;
    if (empty || (wait_ > patience && !has_living(pid_))) {
      pid_ = -1;
      return;
    }
  }
  timer_.expires_after(wait_);
  wait_ = std::min(wait_ * 2, longest_wait);
  timer_.async_wait([me = shared_from_this()](boost::system::error_code error) {
    if (!error) me->await_group();
  });
}

}  // namespace srvwarden::daemon
