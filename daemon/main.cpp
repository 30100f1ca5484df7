// srvwardend: the command line, and where the log goes.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <map>

#include "daemon.hpp"

namespace {

using namespace srvwarden::daemon;

struct CommandLine {
  Options options;
  bool json = false;
};

std::int64_t milliseconds_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

void write_line(const std::string& line) {
  const std::string whole = line + '\n';
  std::fwrite(whole.data(), 1, whole.size(), stderr);  // one write: stderr is not buffered
}

Log make_log(bool json) {
  if (json) return Log([](const LogEntry& e) { write_line(json_line(e, milliseconds_now())); });
  return Log([](const LogEntry& entry) { write_line(text_line(entry)); });
}

/// Returns an exit status where the program is to end here, -1 where it goes on.
int parse(int argc, char** argv, CommandLine& line) {
  CLI::App app{"Checks the service definitions of a folder and announces them by DNS-SD."};
  app.name("srvwardend");
  app.set_version_flag("--version", "srvwardend " SRVWARDEN_VERSION);
  const std::map<std::string, Choice> choices = {
      {"auto", Choice::automatic}, {"avahi", Choice::avahi}, {"embedded", Choice::embedded}};
  std::string publisher = "auto";
  std::string log = "text";
  app.add_option("--publisher", publisher, "who announces: auto, avahi or embedded")
      ->check(CLI::IsMember({"auto", "avahi", "embedded"}))
      ->capture_default_str();
  app.add_option("--interface", line.options.interfaces,
                 "announce on this interface only (may be repeated)")
      ->allow_extra_args(false);
  app.add_option("--host-name", line.options.host_name,
                 "host name of the embedded responder (default: the system's)");
  app.add_option("--log", log, "how the log is written to standard error: text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  app.add_option(
         "FOLDER", line.options.folders,
         "folders of .service and .dnssd definitions; \"-\": one definition in Avahi's form "
         "from standard input")
      ->required();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? EXIT_SUCCESS : exit_usage;
  }
  line.options.publisher = choices.at(publisher);
  line.json = log == "json";
  return -1;
}

int run_daemon(const CommandLine& line) {
  Log log = make_log(line.json);
  Daemon daemon(line.options, log);
  const int status = daemon.run();
  if (daemon.must_leave_at_once()) std::_Exit(status);
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    std::signal(SIGPIPE, SIG_IGN);
    CommandLine line;
    if (const int status = parse(argc, argv, line); status >= 0) return status;
    return run_daemon(line);
  } catch (const std::exception& fault) {
    write_line(text_line({Level::error, "fault", fault.what(), {}}));
    return exit_cannot_announce;
  }
}
