// srvwarden audit: what links or captures announce, and what is wrong with it.
// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>
#include <vector>

#include "report/audit_report.hpp"
#include "report/terminal.hpp"
#include "rules/audit.hpp"
#include "tool/audit_input.hpp"
#include "tool/audit_memory.hpp"
#include "tool/command.hpp"

namespace srvwarden::tool {
namespace {

struct Options {
  LiveInput live;
  std::vector<std::string> captures;
  std::string format = "text";
  std::string output;
  bool advice = false;
  std::shared_ptr<FailOn> fail_on;
  std::shared_ptr<RegistryChoice> registry;
  std::shared_ptr<AuditMemory> memory;
};

/// Writes the account where it is wanted. Says why it cannot.
bool write(const std::string& account, const std::string& path) {
  std::FILE* const file = path.empty() || path == "-" ? stdout : std::fopen(path.c_str(), "wb");
  bool good = file && std::fwrite(account.data(), 1, account.size(), file) == account.size();
  if (file && file != stdout) good = std::fclose(file) == 0 && good;
  if (!good) {
    const std::error_code code(errno, std::generic_category());
    complain("cannot write " + report::shown(path.empty() ? "standard output" : path) + ": " +
             code.message());
  }
  return good;
}

bool is_colour_wanted(const std::string& output) {
  return output.empty() && isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
}

Exit audit(const Options& options) {
  if (!options.registry->load() || !options.memory->load()) return Exit::unreadable;
  rules::AuditOptions judged = {.registry = options.registry->registry(), .advice = options.advice};
  if (options.captures.empty()) {
    judged.limits = rules::link_limits;
    judged.objects = rules::link_objects;
  }
  rules::Auditor auditor(judged);
  AuditInputs read = options.captures.empty() ? listen(options.live, auditor)
                                              : read_captures(options.captures, auditor);
  if (!read.any) return Exit::unreadable;
  rules::AuditResult result = auditor.result(read.end);
  options.memory->judge(result);
  const std::string account =
      options.format == "json"
          ? report::audit_json(result, read.inputs)
          : report::audit_text(result, read.inputs,
                               report::Colour(is_colour_wanted(options.output)));
  const bool written = write(account, options.output);
  const bool kept = options.memory->keep(result, read);
  if (!written || !kept || !read.whole) return Exit::unreadable;
  return options.fail_on->fails(result.worst()) ? Exit::findings : Exit::clean;
}

}  // namespace

void add_audit(CLI::App& program, Action& action) {
  CLI::App* command = program.add_subcommand(
      "audit", "Tells what a link announces by mDNS, and what is wrong with it");
  auto options = std::make_shared<Options>();
  auto* seconds = command->add_option("--seconds", options->live.seconds, "How long to listen")
                      ->check(CLI::Range(1U, 86400U))
                      ->type_name("N")
                      ->capture_default_str();
  auto* interfaces =
      command
          ->add_option("--interface", options->live.interfaces,
                       "Listen here; on all interfaces but the loopback if not given")
          ->type_name("IF");
  auto* passive =
      command->add_flag("--passive", options->live.passive, "Listen only: never send a query");
  command
      ->add_option("--capture", options->captures,
                   "Read pcap or pcapng files instead, gzip too (- is standard input)")
      ->type_name("FILE")
      ->excludes(seconds)
      ->excludes(interfaces)
      ->excludes(passive);
  command->add_option("--format", options->format, "How to report")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("text|json")
      ->capture_default_str();
  command->add_option("-o,--output", options->output, "Write the account to this file")
      ->type_name("FILE");
  options->memory = AuditMemory::add_to(*command);
  options->registry = RegistryChoice::add_to(*command);
  options->fail_on = FailOn::add_to(*command);
  command->add_flag("--advice", options->advice, "Report what is only advised, too");
  command->footer(
      "On a link, the service types, their instances and missing records are asked for by\n"
      "multicast at the intervals of RFC 6762. What is absent is reported only where it was asked\n"
      "for three times in vain. Ctrl-C ends the listening early.");
  when_chosen(*command, action, [options] { return audit(*options); });
}

}  // namespace srvwarden::tool
