// srvwarden status: what the daemon announces, and what of it is not as wanted.
// SPDX-License-Identifier: Apache-2.0
#include <sys/ioctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <ctime>
#include <memory>
#include <string>

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
  void redraw() const {
    if (!redraws_) return;
    const std::size_t rows = terminal_size().ws_row;
    const std::string table = table_of(view_);
    report::put("\x1b[H\x1b[J" + (rows > 1 ? first_lines(table, rows - 1) : table));
    std::fflush(stdout);
  }
  bool redraws() const noexcept { return redraws_; }
  Exit exit() const { return is_as_wanted(view_) ? Exit::clean : Exit::findings; }

 private:
  bool as_json_;
  bool redraws_;
  bool as_lines_;
  report::StatusView view_;
};

Exit failed(const Options& options, const ControlClient& client) {
  complain(report::shown(options.socket->path()) + ": " + client.trouble());
  return Exit::unreadable;
}

/// Until the daemon or standard output ends.
Exit follow(const Options& options, ControlClient& client, Display& display) {
  for (;;) {
    const auto line = client.next(display.redraws() ? redraw_interval : forever);
    if (!line && !client.trouble().empty()) return failed(options, client);
    if (!line) {
      display.redraw();
    } else if (line->contains("status")) {
      display.show((*line)["status"]);
    }
    if (std::ferror(stdout) != 0) return Exit::clean;  // main() tells
  }
}

Exit status(const Options& options) {
  ControlClient client;
  if (const auto why = client.connect(options.socket->path())) {
    complain(options.socket->words_for(*why, client.trouble()));
    return Exit::unreadable;
  }
  const auto answer = client.ask({{"command", options.watch ? "watch" : "status"}});
  if (!answer) return failed(options, client);
  if (!answer->value("ok", false) || !answer->contains("status")) {
    complain(report::shown(answer->value("error", "srvwardend does not tell its status")));
    return Exit::unreadable;
  }
  Display display(options);
  display.show((*answer)["status"]);
  return options.watch ? follow(options, client, display) : display.exit();
}

}  // namespace

void add_status(CLI::App& program, Action& action) {
  CLI::App* command =
      program.add_subcommand("status", "Tells what srvwardend announces, the worst first");
  auto options = std::make_shared<Options>();
  command->add_flag("--json", options->as_json,
                    "The status as one JSON object, as srvwardend(8) describes it");
  command->add_flag("--watch", options->watch,
                    "Go on: redraw on a terminal, print changes elsewhere; with --json one object "
                    "a line");
  options->socket = SocketChoice::add_to(*command);
  command->footer(
      "Exit status: 0 all is as wanted; 1 something failed, was lost, is held back by its health\n"
      "check, or a definition is wrong; 3 no daemon answers.");
  when_chosen(*command, action, [options] { return status(*options); });
}

}  // namespace srvwarden::tool
