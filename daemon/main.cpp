// srvwardend: the command line, laid over the configuration.
// SPDX-License-Identifier: Apache-2.0
#include <malloc.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <map>
#include <utility>

#include "config/check_config.hpp"
#include "config/read_config.hpp"
#include "control/inherited_socket.hpp"
#include "daemon.hpp"

namespace {

using namespace srvwarden::daemon;

/// What is empty was not given: the configuration counts.
struct CommandLine {
  std::string config;
  bool check = false;
  std::vector<std::string> folders;
  std::string publisher;
  std::vector<std::string> interfaces;
  std::string host_name;
  std::string log;
};

const std::map<std::string, Choice> publishers = {
    {"auto", Choice::automatic}, {"avahi", Choice::avahi}, {"embedded", Choice::embedded}};
const std::map<std::string, LogFormat> log_formats = {{"auto", LogFormat::automatic},
                                                      {"text", LogFormat::text},
                                                      {"json", LogFormat::json},
                                                      {"journald", LogFormat::journald}};

void add_options(CLI::App& app, CommandLine& line) {
  app.set_version_flag("--version", "srvwardend " SRVWARDEN_VERSION);
  app.add_option("--config", line.config,
                 "configuration (default: " + std::string(default_config_path) +
                     ", where it exists); what is said here prevails over it")
      ->type_name("FILE");
  app.add_flag("--check-config", line.check,
               "say what is wrong with the configuration, the folders and the definitions, and "
               "announce nothing");
  app.add_option("--publisher", line.publisher, "who announces: auto, avahi or embedded")
      ->check(CLI::IsMember(publishers));
  app.add_option("--interface", line.interfaces,
                 "announce on this interface only (may be repeated)")
      ->allow_extra_args(false);
  app.add_option("--host-name", line.host_name,
                 "host name of the embedded responder (default: the system's)");
  app.add_option("--log", line.log,
                 "how the log is written: auto, text, json (both to standard error) or journald")
      ->check(CLI::IsMember(log_formats));
  app.add_option("FOLDER", line.folders,
                 "folders of .service and .dnssd definitions (default: /etc/srvwarden/services); "
                 "\"-\": one definition in Avahi's form from standard input");
}

/// Returns an exit status where the program is to end here, -1 where it goes on.
int parse(int argc, char** argv, CommandLine& line) {
  CLI::App app{"Checks the service definitions of folders and announces them by DNS-SD."};
  app.name("srvwardend");
  add_options(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? EXIT_SUCCESS : exit_usage;
  }
  return -1;
}

LogFormat log_format(const CommandLine& line, LogFormat configured) {
  return line.log.empty() ? configured : log_formats.at(line.log);
}

/// The file that was named, or the usual one if there is any.
ConfigReading read_file(const CommandLine& line) {
  std::error_code unknown;
  const std::string usual(default_config_path);
  if (!line.config.empty()) return read_config(line.config);
  const auto found = std::filesystem::symlink_status(usual, unknown).type();
  if (found != std::filesystem::file_type::not_found) return read_config(usual);
  return {default_config(), {}, {}};
}

void override(Config& config, const CommandLine& line) {
  if (!line.folders.empty()) config.folders = line.folders;
  if (!line.publisher.empty()) config.publisher = publishers.at(line.publisher);
  if (!line.interfaces.empty()) config.interfaces = line.interfaces;
  if (!line.host_name.empty()) config.host_name = line.host_name;
  config.log.format = log_format(line, config.log.format);
}

/// The file with the command line laid over it.
ConfigReading read_configuration(const CommandLine& line) {
  ConfigReading reading = read_file(line);
  if (reading.good()) override(reading.config, line);
  return reading;
}

/// Says what is wrong, and what status that gives.
int refuse(const ConfigReading& reading, const CommandLine& line) {
  Log log(log_output(log_format(line, LogFormat::automatic)));
  for (const std::string& trouble : troubles_of(reading)) {
    log(Level::error, "config", trouble, {{"file", reading.config.path}});
  }
  if (reading.error) return exit_unreadable;
  return line.check ? exit_cannot_announce : exit_usage;
}

int check(const Config& config) {
  Log log(log_output(config.log.format));
  switch (check_config(config, log)) {
    case ConfigVerdict::good:
      return exit_stopped;
    case ConfigVerdict::wrong:
      return exit_cannot_announce;
    case ConfigVerdict::unreadable:
      return exit_unreadable;
  }
  return exit_unreadable;
}

int run_daemon(const Config& config, Daemon::ReadConfig read_again, InheritedSocket socket) {
  Log log(log_output(config.log.format), config.log.level, config.log.rate);
  Daemon daemon(config, log, std::move(read_again), std::move(socket));
  const int status = daemon.run();
  log.tell_all_left_out();
  if (daemon.must_leave_at_once()) std::_Exit(status);
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    mallopt(M_ARENA_MAX, 1);  // its threads seldom meet: an arena each is a MiB or two for nothing
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGCHLD, SIG_DFL);  // where it is inherited as ignored, no child's end is told
    InheritedSocket socket = take_inherited_socket();
    CommandLine line;
    if (const int status = parse(argc, argv, line); status >= 0) return status;
    const ConfigReading reading = read_configuration(line);
    if (!reading.good()) return refuse(reading, line);
    if (line.check) return check(reading.config);
    return run_daemon(
        reading.config, [&line] { return read_configuration(line); }, std::move(socket));
  } catch (const std::exception& fault) {
    log_output(LogFormat::automatic)({Level::error, "fault", fault.what(), {}});
    return exit_cannot_announce;
  }
}
