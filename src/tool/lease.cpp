// hold_lease: waits for the daemon's words, for signals and for the end of standard input.
// SPDX-License-Identifier: Apache-2.0
#include "tool/lease.hpp"

#include <poll.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <optional>

#include "report/standard_output.hpp"
#include "report/status_table.hpp"
#include "report/terminal.hpp"

namespace srvwarden::tool {
namespace {

constexpr int retry_interval = 1000;  // milliseconds
constexpr std::chrono::milliseconds at_once{0};

/// SIGINT and SIGTERM as a descriptor that can be polled.
int signal_descriptor() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  return signalfd(-1, &signals, SFD_CLOEXEC);
}

/// Files and /dev/null end at once, and mean nothing by it.
bool heeds_standard_input() {
  struct stat status {};
  if (fstat(STDIN_FILENO, &status) != 0) return false;
  return isatty(STDIN_FILENO) != 0 || S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode);
}

class Lease {
 public:
  Lease(ControlClient& client, const std::string& path, const nlohmann::json& request)
      : client_(client), path_(path), request_(request) {}

  Exit run() {
    for (;;) {
      if (const auto exit = ask()) return *exit;
      while (client_.trouble().empty()) {
        if (is_over(client_.descriptor(), -1)) return Exit::clean;
        read();
      }
      complain(client_.trouble() + ": waiting for it");
      do {
        if (is_over(-1, retry_interval)) return Exit::clean;
      } while (client_.connect(path_));
    }
  }

 private:
  /// An exit status where it is refused.
  std::optional<Exit> ask() {
    const auto answer = client_.ask(request_);
    if (!answer) return std::nullopt;
    if (!answer->value("ok", false)) {
      complain(report::shown(answer->value("error", "srvwardend refuses without a word")));
      return Exit::findings;
    }
    view_ = {};
    const auto watched =
        client_.ask({{"command", "watch"}, {"key", answer->value("key", std::string())}});
    if (watched) show(*watched);
    return std::nullopt;
  }

  void read() {
    while (const auto line = client_.next(at_once)) show(*line);
  }

  void show(const nlohmann::json& line) {
    if (!line.contains("status")) return;
    report::StatusView view = report::read_status(line["status"]);
    view.backend.clear();  // lines about the service alone
    view.trouble.clear();
    report::put(report::status_changes(view_, view));
    std::fflush(stdout);
    view_ = std::move(view);
  }

  /// Waits for one of them, at most so many milliseconds. True for a signal or the input's end.
  bool is_over(int daemon, int milliseconds) {
    std::array<pollfd, 3> all = {pollfd{signals_, POLLIN, 0},
                                 pollfd{input_ ? STDIN_FILENO : -1, POLLIN, 0},
                                 pollfd{daemon, POLLIN, 0}};
    ::poll(all.data(), all.size(), milliseconds);
    if (all[0].revents != 0) return true;
    if (all[1].revents == 0) return false;
    std::array<char, 4096> ignored{};
    return ::read(STDIN_FILENO, ignored.data(), ignored.size()) <= 0;
  }

  ControlClient& client_;
  const std::string& path_;
  const nlohmann::json& request_;
  const int signals_ = signal_descriptor();
  const bool input_ = heeds_standard_input();
  report::StatusView view_;
};

}  // namespace

Exit hold_lease(ControlClient& client, const std::string& path, const nlohmann::json& request) {
  return Lease(client, path, request).run();
}

}  // namespace srvwarden::tool
