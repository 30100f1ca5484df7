// srvwarden: the command line.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>

#include "report/terminal.hpp"
#include "tool/command.hpp"
#include "tool/version.hpp"

namespace {

using srvwarden::tool::Action;
using srvwarden::tool::complain;
using srvwarden::tool::Exit;

constexpr const char* footer =
    "Exit status: 0 clean, 1 findings, 2 wrong usage, 3 input unreadable.\n"
    "Examples:\n"
    "  srvwarden check _ipp._tcp\n"
    "  srvwarden check --as instance 'Dr. Pepper'\n"
    "  srvwarden audit --seconds 5\n"
    "  srvwarden explain office.pcap --instance 'Dr. Pepper'\n"
    "  srvwarden rules SN002";

/// Says which subcommands there are, where one is missing or misspelt.
void complain_of_subcommand(CLI::App& program, int argc, char** argv) {
  CLI::App* command = &program;
  int at = 1;
  while (at < argc && !command->get_subcommands().empty()) {
    command = command->get_subcommands().front();
    ++at;
  }
  std::string names;
  for (const CLI::App* one : command->get_subcommands({})) {
    names.append(names.empty() ? "" : ", ").append(one->get_name());
  }
  const std::string what =
      at < argc ? "there is no subcommand \"" + srvwarden::report::shown(argv[at]) + '"'
                : std::string("a subcommand is needed");
  complain(what + "; there are: " + names);
}

Exit run(int argc, char** argv) {
  CLI::App program("The warden of _service._proto names: checks, explains and audits them.",
                   "srvwarden");
  program.set_version_flag("--version", srvwarden::tool::version_text);
  program.require_subcommand(1);
  program.footer(footer);
  program.failure_message([](const CLI::App* app, const CLI::Error& error) {
    std::string asked = "srvwarden";
    for (auto chosen = app->get_subcommands(); !chosen.empty();
         chosen = chosen.front()->get_subcommands()) {
      asked += ' ' + chosen.front()->get_name();
    }
    return "srvwarden: " + std::string(error.what()) + "; `" + asked + " --help` tells more\n";
  });
  Action action;
  srvwarden::tool::add_check(program, action);
  srvwarden::tool::add_lint(program, action);
  srvwarden::tool::add_audit(program, action);
  srvwarden::tool::add_changes(program, action);
  srvwarden::tool::add_explain(program, action);
  srvwarden::tool::add_compare(program, action);
  srvwarden::tool::add_registry(program, action);
  srvwarden::tool::add_rules(program, action);
  srvwarden::tool::add_status(program, action);
  srvwarden::tool::add_orders(program, action);
  srvwarden::tool::add_advertise(program, action);
  srvwarden::tool::add_completion(program, action);
  try {
    program.parse(argc, argv);
  } catch (const CLI::RequiredError& error) {
    if (std::string_view(error.what()).find("ubcommand") == std::string_view::npos) {
      program.exit(error);
    } else {
      complain_of_subcommand(program, argc, argv);
    }
    return Exit::usage;
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? Exit::clean : Exit::usage;
  }
  return action();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    std::ios::sync_with_stdio(false);
    const Exit exit = run(argc, argv);
    if (!std::cout.flush() || std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
      srvwarden::tool::complain("cannot write to standard output");
      return static_cast<int>(Exit::unreadable);
    }
    return static_cast<int>(exit);
  } catch (const std::exception& error) {
    srvwarden::tool::complain(error.what());
    return static_cast<int>(Exit::unreadable);
  }
}
