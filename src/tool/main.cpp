// srvwarden: the command line.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <iostream>

#include "tool/command.hpp"
#include "tool/version.hpp"

namespace {

using srvwarden::tool::Action;
using srvwarden::tool::Exit;

constexpr const char* footer =
    "Exit status: 0 clean, 1 findings, 2 wrong usage, 3 input unreadable.\n"
    "Examples:\n"
    "  srvwarden check _ipp._tcp\n"
    "  srvwarden check --as instance 'Dr. Pepper'\n"
    "  srvwarden audit --seconds 5\n"
    "  srvwarden rules SN002";

Exit run(int argc, char** argv) {
  CLI::App program("The warden of _service._proto names: checks, explains and audits them.");
  program.set_version_flag("--version", srvwarden::tool::version_text);
  program.require_subcommand(1);
  program.footer(footer);
  Action action;
  srvwarden::tool::add_check(program, action);
  srvwarden::tool::add_audit(program, action);
  srvwarden::tool::add_registry(program, action);
  srvwarden::tool::add_rules(program, action);
  try {
    program.parse(argc, argv);
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
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
      srvwarden::tool::complain("cannot write to standard output");
      return static_cast<int>(Exit::unreadable);
    }
    return static_cast<int>(exit);
  } catch (const std::exception& error) {
    srvwarden::tool::complain(error.what());
    return static_cast<int>(Exit::unreadable);
  }
}
