// A live audit on a terminal: the screen is borrowed, and given back as it was.
// SPDX-License-Identifier: Apache-2.0
#include "report/audit_screen.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cstdio>

#include "report/standard_output.hpp"
#include "tool/audit_pace.hpp"
#include "tool/audit_watch.hpp"

namespace srvwarden::tool {
namespace {

using report::put;
using Clock = ClockPace::Clock;

/// The alternate screen without a cursor, and keys that come at once and are not echoed.
class Terminal {
 public:
  Terminal() {
    has_keys_ = isatty(STDIN_FILENO) != 0 && tcgetattr(STDIN_FILENO, &before_) == 0;
    if (has_keys_) {
      termios raw = before_;
      raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
      tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    }
    put("\x1b[?1049h\x1b[?25l\x1b[?7l");
    std::fflush(stdout);
  }
  ~Terminal() {
    put("\x1b[?7h\x1b[?25h\x1b[?1049l");
    std::fflush(stdout);
    if (has_keys_) tcsetattr(STDIN_FILENO, TCSANOW, &before_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  static report::ScreenSize size() {
    winsize found{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &found) != 0 || found.ws_col == 0) return {};
    return {found.ws_col, found.ws_row};
  }

  /// Whether q was typed; other keys are forgotten.
  bool wants_end() {
    pollfd keys{STDIN_FILENO, POLLIN, 0};
    while (has_keys_ && poll(&keys, 1, 0) == 1) {
      char key = 0;
      if (read(STDIN_FILENO, &key, 1) != 1) {
        has_keys_ = false;
        return true;  // the terminal is gone
      }
      if (key == 'q' || key == 'Q') return true;
    }
    return false;
  }

 private:
  bool has_keys_ = false;
  termios before_{};
};

class Screen final : public AuditWatch {
 public:
  Screen(const std::string& what, report::Colour colour)
      : view_(what, colour), terminal_(std::make_unique<Terminal>()) {}

  bool look(rules::Auditor& auditor, wire::Time now) override {
    if (terminal_->wants_end()) return false;
    const auto time = Clock::now();
    bool is_new = false;
    if (pace_.is_due()) {
      pace_.spend([&] {
        const rules::AuditResult result = auditor.result(now);
        view_.update(result, changes_.update(result), now);
      });
      is_new = true;
    }
    if (time >= next_count_) {
      view_.count(auditor.census().counts().packets);
      next_count_ += std::chrono::seconds(1);
      if (next_count_ < time) next_count_ = time;  // it stood still
      is_new = true;
    }
    const report::ScreenSize size = Terminal::size();
    if (!is_new && size.width == size_.width && size.height == size_.height) return true;
    size_ = size;
    put(view_.draw(size,
                   static_cast<std::uint64_t>(
                       std::chrono::duration_cast<std::chrono::seconds>(time - start_).count())));
    return std::fflush(stdout) == 0;
  }

  bool is_account() const noexcept override { return false; }

  bool end(const rules::AuditResult& /*result*/,
           const std::vector<report::AuditInput>& /*inputs*/) override {
    terminal_.reset();
    return true;
  }

 private:
  report::AuditScreen view_;
  report::AuditChanges changes_;
  ClockPace pace_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_count_ = start_;
  report::ScreenSize size_{0, 0};
  std::unique_ptr<Terminal> terminal_;
};

}  // namespace

std::unique_ptr<AuditWatch> watch_on_screen(const std::string& what, report::Colour colour) {
  return std::make_unique<Screen>(what, colour);
}

}  // namespace srvwarden::tool
