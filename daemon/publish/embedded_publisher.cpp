// EmbeddedPublisher: the child's life.
// SPDX-License-Identifier: Apache-2.0
#include "publish/embedded_publisher.hpp"

#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/post.hpp>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

namespace srvwarden::daemon {

using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds reap_interval{10};
constexpr int reap_attempts = 100;  // one second in all, then SIGKILL

std::string responder_path() {
  const std::string name = "srvwardend-responder";
  std::error_code error;
  const auto ours = std::filesystem::read_symlink("/proc/self/exe", error);
  std::string beside = error ? "" : (ours.parent_path() / name).string();
  if (access(beside.c_str(), X_OK) == 0) return beside;
  return std::string(SRVWARDEN_LIBEXEC_DIR) + '/' + name;
}

/// Starts the responder with `theirs` as responder_descriptor. Returns an errno.
int spawn_responder(std::vector<std::string> arguments, int theirs, pid_t& pid) {
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, theirs, responder_descriptor);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t all;
  sigset_t none;
  sigfillset(&all);
  sigemptyset(&none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  const int error =
      posix_spawn(&pid, responder_path().c_str(), &actions, &attributes, argv.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

std::string words_for_death(int wait_status) {
  if (WIFSIGNALED(wait_status)) {
    return std::string("killed by SIG") + sigabbrev_np(WTERMSIG(wait_status));
  }
  return "exit status " + std::to_string(WEXITSTATUS(wait_status));
}

}  // namespace

std::vector<std::string> responder_arguments(const ResponderOptions& options) {
  std::vector<std::string> arguments = {"srvwardend-responder"};
  for (const std::string& name : options.interfaces) {
    arguments.insert(arguments.end(), {"--interface", name});
  }
  if (!options.host_name.empty()) {
    arguments.insert(arguments.end(), {"--host-name", options.host_name});
  }
  return arguments;
}

EmbeddedPublisher::EmbeddedPublisher(boost::asio::io_context& context, ResponderOptions options,
                                     EventHandler on_event)
    : context_(context),
      options_(std::move(options)),
      on_event_(std::move(on_event)),
      timer_(context) {}

EmbeddedPublisher::~EmbeddedPublisher() {
  if (stream_) stream_->close();
  if (pid_ < 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

void EmbeddedPublisher::start() { spawn(); }

void EmbeddedPublisher::spawn() {
  std::array<int, 2> ends{-1, -1};
  int error = 0;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    error = errno;
  } else {
    error = spawn_responder(responder_arguments(options_), ends[1], pid_);
    close(ends[1]);
  }
  if (error != 0) {
    pid_ = -1;
    if (ends[0] >= 0) close(ends[0]);
    const std::string why = std::generic_category().message(error);
    boost::asio::post(context_, [this, why] {
      on_event_(BackendDown{"cannot start the embedded responder: " + why, true});
    });
    return spawn_later();
  }
  explained_ = false;
  stream_ = std::make_shared<FrameStream>(context_, ends[0]);
  stream_->start([this](const std::string& body) { return on_body(body); }, [this] { on_end(0); });
}

void EmbeddedPublisher::spawn_later() {
  if (stopping_) return;
  timer_.expires_after(backoff_.next(Clock::now()));
  timer_.async_wait([this](boost::system::error_code error) {
    if (!error) spawn();
  });
}

bool EmbeddedPublisher::on_body(const std::string& body) {
  auto event = read_event(body);
  if (!event) return false;
  if (std::holds_alternative<Stopped>(*event)) return true;  // told when the child is gone
  if (std::holds_alternative<BackendUp>(*event)) backoff_.succeeded(Clock::now());
  if (const auto* down = std::get_if<BackendDown>(&*event)) explained_ = down->cannot_start;
  if (!stopping_) on_event_(std::move(*event));
  return true;
}

// The socket is closed: the child is about to end, or did not speak our language.
void EmbeddedPublisher::on_end(int attempt) {
  stream_.reset();
  if (attempt == reap_attempts) kill(pid_, SIGKILL);
  int status = 0;
  const pid_t ended = waitpid(pid_, &status, attempt < reap_attempts ? WNOHANG : 0);
  if (ended != 0) return on_death(status);
  timer_.expires_after(reap_interval);
  timer_.async_wait([this, attempt](boost::system::error_code error) {
    if (!error) on_end(attempt + 1);
  });
}

void EmbeddedPublisher::on_death(int wait_status) {
  pid_ = -1;
  if (stopping_) return on_event_(Stopped{});
  if (!explained_) {
    on_event_(BackendDown{"the embedded responder ended (" + words_for_death(wait_status) +
                          "); starting another"});
  }
  spawn_later();
}

void EmbeddedPublisher::publish(const Announcement& announcement) {
  if (stream_) stream_->send(to_frame(PublishCommand{announcement}));
}

void EmbeddedPublisher::withdraw(const std::string& key) {
  if (stream_) stream_->send(to_frame(WithdrawCommand{key}));
}

void EmbeddedPublisher::stop() {
  stopping_ = true;
  if (stream_) return stream_->send(to_frame(StopCommand{}));
  if (pid_ >= 0) return;  // it is ending already; on_death says Stopped
  timer_.cancel();
  boost::asio::post(context_, [this] { on_event_(Stopped{}); });
}

}  // namespace srvwarden::daemon
