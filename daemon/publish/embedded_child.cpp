// The responder child: commands in, events out.
// SPDX-License-Identifier: Apache-2.0
#include "publish/embedded_child.hpp"

#include <avahi-core/log.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include "publish/core_publisher.hpp"
#include "publish/frame_stream.hpp"
#include "publish/sandbox.hpp"

namespace srvwarden::daemon {

namespace {

namespace asio = boost::asio;

constexpr std::chrono::milliseconds flush_interval{5};
constexpr int flush_attempts = 200;  // one second in all, for a parent that does not read

class Child {
 public:
  Child(asio::io_context& context, int fd, const ResponderOptions& options)
      : context_(context),
        stream_(std::make_shared<FrameStream>(context, fd)),
        publisher_(context, options, [this](const Event& event) { tell(event); }),
        signals_(context, SIGTERM),
        flush_(context) {}

  void start() {
    stream_->start([this](const std::string& body) { return obey(body); }, [this] { stop(); });
    signals_.async_wait([this](boost::system::error_code error, int) {
      if (!error) stop();
    });
    publisher_.start();
  }
  int status() const noexcept { return status_; }

  void tell(const Event& event) {
    stream_->send(to_frame(event));
    const auto* down = std::get_if<BackendDown>(&event);
    if (down == nullptr || !down->cannot_start) return;
    status_ = EXIT_FAILURE;
    end_when_flushed(0);
  }

 private:
  bool obey(const std::string& body) {
    const auto command = read_command(body);
    if (!command) return false;
    if (const auto* publish = std::get_if<PublishCommand>(&*command)) {
      publisher_.publish(publish->announcement);
    } else if (const auto* withdraw = std::get_if<WithdrawCommand>(&*command)) {
      publisher_.withdraw(withdraw->key);
    } else {
      stop();
    }
    return true;
  }

  void stop() {
    if (std::exchange(stopping_, true)) return;
    publisher_.stop();
    end_when_flushed(0);
  }

  void end_when_flushed(int attempt) {
    if (stream_->is_flushed() || attempt == flush_attempts) return context_.stop();
    flush_.expires_after(flush_interval);
    flush_.async_wait([this, attempt](boost::system::error_code error) {
      if (!error) end_when_flushed(attempt + 1);
    });
  }

  asio::io_context& context_;
  std::shared_ptr<FrameStream> stream_;
  CorePublisher publisher_;
  asio::signal_set signals_;
  asio::steady_timer flush_;
  int status_ = EXIT_SUCCESS;
  bool stopping_ = false;
};

/// libavahi-core's log function has no user data, so where its words go cannot be but global.
Child* log_receiver = nullptr;

void receive_log(AvahiLogLevel level, const char* text) noexcept {
  if (log_receiver == nullptr || level > AVAHI_LOG_WARN) return;
  if (std::strstr(text, "Detected another") != nullptr) return;  // it is the daemon, listening
  try {
    log_receiver->tell(Remark{std::string("libavahi-core: ") + text});
  } catch (const std::exception&) {
    std::_Exit(EXIT_FAILURE);
  }
}

/// Whether the process that made the socket is still our parent.
bool has_its_parent(int fd) {
  ucred maker{};
  socklen_t size = sizeof maker;
  return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &maker, &size) == 0 && maker.pid == getppid();
}

/// Gives up what it can do without. Returns what could not be given up, in words.
std::string enter_sandbox() {
  if (const std::error_code error = limit_process()) {
    return "the embedded responder has no limits: " + error.message();
  }
#if SRVWARDEN_SANITIZED
  return "";  // at the end sanitizers fork and trace
#else
  const std::error_code error = filter_system_calls();
  if (!error) return "";
  return "the embedded responder may use every system call: " + error.message();
#endif
}

/// Returns false where there is nobody left to work for.
bool prepare_process(int fd) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (!has_its_parent(fd)) return false;  // it died before that
  std::signal(SIGINT, SIG_IGN);           // Ctrl-C reaches the parent too, which then says stop
  std::signal(SIGHUP, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
  return true;
}

}  // namespace

int run_embedded_child(int fd, const ResponderOptions& options) {
  if (!prepare_process(fd)) return EXIT_FAILURE;
  const std::string unprotected = enter_sandbox();
  asio::io_context context{1};
  Child child(context, fd, options);
  log_receiver = &child;
  avahi_set_log_function(receive_log);
  if (!unprotected.empty()) child.tell(Remark{unprotected});
  child.start();
  context.run();
  avahi_set_log_function(nullptr);
  log_receiver = nullptr;
  return child.status();
}

}  // namespace srvwarden::daemon
