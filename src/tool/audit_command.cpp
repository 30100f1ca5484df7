// srvwarden audit: what links or captures announce, and what is wrong with it.
// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "report/audit_report.hpp"
#include "rules/audit.hpp"
#include "tool/audit_input.hpp"
#include "tool/audit_memory.hpp"
#include "tool/audit_watch.hpp"
#include "tool/command.hpp"
#include "tool/file_output.hpp"

namespace srvwarden::tool {
namespace {

struct Options {
  LiveInput live;
  std::vector<std::string> captures;
  std::string format = "text";
  std::string output = "-";
  bool follow = false;
  bool advice = false;
  std::shared_ptr<FailOn> fail_on;
  std::shared_ptr<RegistryChoice> registry;
  std::shared_ptr<AuditMemory> memory;
};

bool is_colour_wanted() { return isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr; }

bool is_to_terminal(const Options& options) {
  return options.output == "-" && isatty(STDOUT_FILENO) != 0;
}

/// What is to see the audit while it goes on; null where nothing is.
///
/// @return  false where it cannot.
bool choose_watch(const Options& options, std::unique_ptr<AuditWatch>& watch) {
  const bool on_screen = options.follow && isatty(STDOUT_FILENO) != 0 &&
                         (options.format == "text" || options.output != "-");
  if (options.format == "jsonl" || (options.follow && options.format == "text" && !on_screen)) {
    watch = watch_as_lines(options.output, options.captures.empty());
    return watch != nullptr;
  }
  if (!on_screen) return true;
  std::string what;
  for (const std::string& name : options.live.interfaces) {
    what.append(what.empty() ? "" : ", ").append(name);
  }
  watch =
      watch_on_screen(what.empty() ? "all interfaces" : what, report::Colour(is_colour_wanted()));
  return true;
}

std::string account_of(const Options& options, const rules::AuditResult& result,
                       const std::vector<report::AuditInput>& inputs) {
  if (options.format == "json") return report::audit_json(result, inputs);
  if (options.format == "sarif") return report::audit_sarif(result, inputs, SRVWARDEN_VERSION);
  if (options.format == "html") return report::audit_html(result, inputs, SRVWARDEN_VERSION);
  const bool colour = is_to_terminal(options) && is_colour_wanted();
  return report::audit_text(result, inputs, report::Colour(colour));
}

Exit audit(const Options& options) {
  if (!options.registry->load() || !options.memory->load()) return Exit::unreadable;
  rules::AuditOptions judged = {.registry = options.registry->registry(), .advice = options.advice};
  if (options.captures.empty()) {
    judged.limits = rules::link_limits;
    judged.objects = rules::link_objects;
  }
  rules::Auditor auditor(judged);
  std::unique_ptr<AuditWatch> watch;
  if (!choose_watch(options, watch)) return Exit::unreadable;
  AuditInputs read = options.captures.empty()
                         ? listen(options.live, auditor, watch.get())
                         : read_captures(options.captures, auditor, watch.get());
  if (!read.any) return Exit::unreadable;
  rules::AuditResult result = auditor.result(read.end);
  options.memory->judge(result);
  bool written = !watch || watch->end(result, read.inputs);
  if (!watch || !watch->is_account()) {
    written = write_output(options.output, account_of(options, result, read.inputs)) && written;
  }
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
  auto* captures =
      command
          ->add_option("--capture", options->captures,
                       "Read pcap or pcapng files instead, gzip too (- is standard input)")
          ->type_name("FILE")
          ->excludes(seconds)
          ->excludes(interfaces)
          ->excludes(passive);
  command->add_option("--format", options->format, "How to report")
      ->check(CLI::IsMember({"text", "json", "jsonl", "sarif", "html"}))
      ->type_name("text|json|jsonl|sarif|html")
      ->capture_default_str();
  command
      ->add_option("-o,--output", options->output,
                   "Write the account to this file, whole or not at all; jsonl as it goes on")
      ->type_name("FILE")
      ->check(not_empty);
  command
      ->add_flag("--follow", options->follow,
                 "Listen until q or Ctrl-C and show what happens on the terminal; elsewhere as "
                 "jsonl")
      ->excludes(captures);
  options->memory = AuditMemory::add_to(*command);
  options->registry = RegistryChoice::add_to(*command);
  options->fail_on = FailOn::add_to(*command);
  command->add_flag("--advice", options->advice, "Report what is only advised, too");
  command->footer(
      "On a link, the service types, their instances and missing records are asked for by\n"
      "multicast at the intervals of RFC 6762. What is absent is reported only where it was asked\n"
      "for three times in vain. Ctrl-C ends the listening early.");
  when_chosen(*command, action, [options, seconds] {
    if (options->follow && seconds->empty()) options->live.seconds = 0;
    return audit(*options);
  });
}

}  // namespace srvwarden::tool
