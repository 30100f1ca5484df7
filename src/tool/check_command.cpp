// srvwarden check: everything that is wrong with values given as arguments or on standard input.
// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "report/value_report.hpp"
#include "srvwarden/check.hpp"
#include "tool/command.hpp"
#include "tool/value_reader.hpp"

namespace srvwarden::tool {
namespace {

struct Options {
  std::string kind;
  std::string context = "automatic";
  std::string format = "text";
  bool advice = false;
  bool quiet = false;
  bool nul_terminated = false;
  std::vector<std::string> values;
  std::shared_ptr<FailOn> fail_on;
  std::shared_ptr<RegistryChoice> registry;
};

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  names.reserve(std::size(all_kinds));
  for (const Kind kind : all_kinds) names.emplace_back(name_of(kind));
  return names;
}

Context context_named(const std::string& name) {
  if (name == "mdns") return Context::mdns;
  return name == "unicast" ? Context::unicast : Context::automatic;
}

/// Checks values one by one and reports them as they come.
class Run {
 public:
  Run(const Options& options, const Registry* registry)
      : options_(options),
        kind_(kind_named(options.kind)),
        checker_({context_named(options.context), options.advice, registry}),
        report_(report::value_report(
            options.format,
            {.registry = registry,
             .quiet = options.quiet,
             .colour = isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr})) {}

  void value(std::string_view value, report::ValuePlace place) {
    const Kind kind = kind_ ? *kind_ : guess_kind(value);
    const Findings& findings = checker_.check(kind, value);
    if (const auto severity = worst(findings))
      worst_ = worst_ ? std::max(*worst_, *severity) : severity;
    report_->value({value, kind, !kind_.has_value(), place, findings});
  }

  Exit standard_input() {
    ValueReader reader(STDIN_FILENO, options_.nul_terminated ? '\0' : '\n');
    std::string_view text;
    for (std::size_t line = 1;; ++line) {
      switch (reader.next(text)) {
        case ValueReader::Status::value:
          value(text, {"line", line});
          break;
        case ValueReader::Status::end:
          return Exit::clean;
        case ValueReader::Status::unreadable:
          complain("standard input cannot be read after line " + std::to_string(line - 1));
          return Exit::unreadable;
        case ValueReader::Status::too_long:
          complain("line " + std::to_string(line) + " is longer than " +
                   std::to_string(ValueReader::max_value >> 20) +
                   " MiB: it and what follows was not checked");
          return Exit::unreadable;
      }
    }
  }

  Exit end(Exit input) {
    report_->end();
    if (input != Exit::clean) return input;
    return options_.fail_on->fails(worst_) ? Exit::findings : Exit::clean;
  }

 private:
  const Options& options_;
  std::optional<Kind> kind_;
  Checker checker_;
  std::unique_ptr<report::ValueReport> report_;
  std::optional<Severity> worst_;
};

Exit check(const Options& options) {
  if (!options.registry->load()) return Exit::unreadable;
  Run run(options, options.registry->registry());
  Exit input = Exit::clean;
  for (std::size_t i = 0; i < options.values.size(); ++i) {
    if (options.values[i] == "-") {
      input = std::max(input, run.standard_input());
    } else {
      run.value(options.values[i], {"argument", i + 1});
    }
  }
  return run.end(input);
}

}  // namespace

void add_check(CLI::App& program, Action& action) {
  CLI::App* command = program.add_subcommand(
      "check", "Checks values by every rule: names, types, instances, TXT and SRV records");
  auto options = std::make_shared<Options>();
  command->add_option("--as", options->kind, "What the values are; guessed and said if not given")
      ->check(CLI::IsMember(kind_names()))
      ->type_name("KIND");
  command
      ->add_option("--context", options->context,
                   "Judge for multicast or unicast DNS; told from each name's domain if not given")
      ->check(CLI::IsMember({"mdns", "unicast"}))
      ->type_name("mdns|unicast");
  command->add_option("--format", options->format, "How to report")
      ->check(CLI::IsMember({"text", "json", "jsonl"}))
      ->type_name("text|json|jsonl")
      ->capture_default_str();
  options->registry = RegistryChoice::add_to(*command);
  options->fail_on = FailOn::add_to(*command);
  command->add_flag("--advice", options->advice, "Report what is only advised, too");
  command->add_flag("--quiet,-q", options->quiet, "Report nothing but findings");
  command->add_flag("-0", options->nul_terminated, "Values on standard input end with NUL");
  command
      ->add_option("value", options->values,
                   "Values; - reads them from standard input, one a line, any bytes")
      ->required()
      ->type_name("VALUE|-");
  command->footer(
      "Kinds: service-name (http), service-type (_http._tcp), subtype (_printer._sub._http._tcp),\n"
      "browse-name (_http._tcp.local.), instance (one label, raw UTF-8, no escapes),\n"
      "full-name (Dr\\. Pepper._http._tcp.local.), domain, host-name, txt (one key=value),\n"
      "txt-rdata (hexadecimal), srv (\"0 0 631 printer.local.\").\n"
      "Put -- before a value that starts with a hyphen.");
  when_chosen(*command, action, [options] { return check(*options); });
}

}  // namespace srvwarden::tool
