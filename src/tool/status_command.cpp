// srvwarden status: what the daemon announces, and what of it is not as wanted.
// SPDX-License-Identifier: Apache-2.0
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "report/finding_json.hpp"
#include "report/standard_output.hpp"
#include "report/status_table.hpp"
#include "report/terminal.hpp"
#include "tool/command.hpp"
#include "tool/control_client.hpp"

namespace srvwarden::tool {
namespace {

using nlohmann::json;

constexpr std::chrono::hours forever{24};
constexpr std::chrono::seconds redraw_interval{1};  // so that ages are true
constexpr std::chrono::milliseconds again_after{500};

struct Options {
  bool as_json = false;
  bool watch = false;
  std::shared_ptr<SocketChoice> socket;
};

/// 0 where standard output is no terminal.
winsize terminal_size() {
  winsize size{};
  if (isatty(STDOUT_FILENO) != 0) ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
  return size;
}

std::string table_of(const report::StatusView& view) {
  return report::status_table(view, {terminal_size().ws_col, std::time(nullptr)});
}

/// As many lines as fit above the last one.
std::string first_lines(const std::string& text, std::size_t lines) {
  std::size_t end = 0;
  for (; lines > 0 && end < text.size(); --lines) end = text.find('\n', end) + 1;
  return text.substr(0, end);
}

/// Shows one status after another, as standard output wants it.
class Display {
 public:
  explicit Display(const Options& options)
      : as_json_(options.as_json),
        redraws_(options.watch && !as_json_ && isatty(STDOUT_FILENO) != 0),
        as_lines_(options.watch && !as_json_ && !redraws_) {}

  void show(const json& status) {
    report::StatusView view = report::read_status(status);
    if (as_json_) {
      report::put(status.dump(-1, ' ', false, json::error_handler_t::replace) + '\n');
    } else if (as_lines_) {
      report::put(report::status_changes(view_, view));
    } else if (!redraws_) {
      report::put(table_of(view));
    }
    view_ = std::move(view);
    redraw();
    std::fflush(stdout);
  }
  /// The daemon has gone.
  void show_absence(const std::string& why) {
    absence_ = why + "; waiting for srvwardend to come back\n";
    if (as_json_) report::put(json{{"away", why}}.dump() + '\n');
    if (as_lines_) report::put(absence_);
    redraw();
    std::fflush(stdout);
  }
  /// It is back, or another one is there.
  void show_return(const json& status) {
    absence_.clear();
    if (as_lines_) report::put("srvwardend is back\n");
    show(status);
  }
  void redraw() const {
    if (!redraws_) return;
    const std::size_t rows = terminal_size().ws_row;
    const std::string table = absence_.empty() ? table_of(view_) : absence_;
    report::put("\x1b[H\x1b[J" + (rows > 1 ? first_lines(table, rows - 1) : table));
    std::fflush(stdout);
  }
  bool redraws() const noexcept { return redraws_; }
  Exit exit() const { return is_as_wanted(view_) ? Exit::clean : Exit::findings; }

 private:
  bool as_json_;
  bool redraws_;
  bool as_lines_;
  std::string absence_;  ///< why there is nothing to show; empty: there is
  report::StatusView view_;
};

/// The first status, or why there is none.
struct Begun {
  std::optional<json> status;
  std::string trouble;  ///< for people; empty where there is one
};

Begun begin(const Options& options, ControlClient& client) {
  const std::string& path = options.socket->path();
  if (const auto why = client.connect(path)) {
    return {{}, options.socket->words_for(*why, client.trouble())};
  }
  auto answer = client.ask({{"command", options.watch ? "watch" : "status"}});
  if (!answer) return {{}, report::shown(path) + ": " + client.trouble()};
  if (!answer->value("ok", false) || !answer->contains("status")) {
    return {{}, report::shown(answer->value("error", "srvwardend does not tell its status"))};
  }
  return {std::move((*answer)["status"]), ""};
}

/// Whether nobody reads standard output any more; waits for that a while.
bool is_unread(std::chrono::milliseconds within) {
  pollfd out{STDOUT_FILENO, 0, 0};
  if (::poll(&out, 1, static_cast<int>(within.count())) > 0) return true;
  return std::ferror(stdout) != 0;
}

/// Waits until a daemon answers. Nothing where standard output ends before.
std::optional<json> await_return(const Options& options, ControlClient& client) {
  while (!is_unread(again_after)) {
    if (Begun begun = begin(options, client); begun.status) return std::move(begun.status);
  }
  return std::nullopt;
}

/// Until standard output ends. A daemon that goes may come back.
Exit follow(const Options& options, ControlClient& client, Display& display) {
  while (std::ferror(stdout) == 0) {
    const auto line = client.next(display.redraws() ? redraw_interval : forever);
    if (!line && !client.trouble().empty()) {
      display.show_absence(client.trouble());
      const auto status = await_return(options, client);
      if (status) display.show_return(*status);
      if (!status) break;
    } else if (!line) {
      display.redraw();
    } else if (line->contains("status")) {
      display.show((*line)["status"]);
    }
  }
  return Exit::clean;  // main() tells what is wrong with standard output
}

Exit status(const Options& options) {
  ControlClient client;
  const Begun begun = begin(options, client);
  if (!begun.status) {
    complain(begun.trouble);
    return Exit::unreadable;
  }
  Display display(options);
  display.show(*begun.status);
  return options.watch ? follow(options, client, display) : display.exit();
}

}  // namespace

void add_status(CLI::App& program, Action& action) {
  CLI::App* command =
      program.add_subcommand("status", "Tells what srvwardend announces, the worst first");
  auto options = std::make_shared<Options>();
  command->add_flag("--json", options->as_json,
                    "The status as one JSON object, as srvwardend(8) describes it");
  command->add_flag(
      "--watch", options->watch,
      "Go on, also when srvwardend is started anew: redraw on a terminal, print changes "
      "elsewhere; with --json one object a line");
  options->socket = SocketChoice::add_to(*command);
  command->footer(
      "Exit status: 0 all is as wanted; 1 something failed, was lost, is held back by its health\n"
      "check, or a definition is wrong; 3 no daemon answers.");
  when_chosen(*command, action, [options] { return status(*options); });
}

}  // namespace srvwarden::tool
