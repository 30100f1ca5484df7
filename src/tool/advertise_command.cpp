// srvwarden advertise: one service, announced for as long as the command runs.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <memory>
#include <string>

#include "core/hex.hpp"
#include "definition/service_values.hpp"
#include "report/finding_text.hpp"
#include "report/standard_output.hpp"
#include "report/terminal.hpp"
#include "rules/check_definition.hpp"
#include "srvwarden/utf8.hpp"
#include "tool/command.hpp"
#include "tool/control_client.hpp"
#include "tool/lease.hpp"
#include "tool/own_daemon.hpp"

namespace srvwarden::tool {
namespace {

struct Options {
  ServiceValues values;
  bool dry_run = false;
  std::shared_ptr<RegistryChoice> registry;
  std::shared_ptr<SocketChoice> socket;
};

const ValuePart& part_at(const ValuesDefinition& written, std::size_t offset) {
  const ValuePart* found = &written.parts.front();
  for (const ValuePart& part : written.parts) {
    if (part.offset <= offset) found = &part;
  }
  return *found;
}

/// As `srvwarden check` tells it: each finding under the value that it is about.
void tell(Finding finding, const ValuesDefinition& written) {
  const ValuePart& part = part_at(written, finding.at.offset);
  const auto into_part = [&part](Span& span) {
    span.offset -= std::min(span.offset, part.offset);
    span.offset = std::min(span.offset, part.length);
    span.length = std::min(span.length, part.length - span.offset);
  };
  into_part(finding.at);
  std::erase_if(finding.more, [&](Span span) {
    return span.offset < part.offset || span.offset > part.offset + part.length;
  });
  for (Span& span : finding.more) into_part(span);
  std::string text;
  report::append_finding(text, finding, part.name,
                         std::string_view(written.text).substr(part.offset, part.length));
  std::fputs(text.c_str(), stderr);
}

/// By the rules of definition files, before anything is sent.
bool is_sound(const ValuesDefinition& written, const Registry* registry) {
  CheckOptions how;
  how.registry = registry;
  bool sound = true;
  for (const Finding& finding : check_definition(written.definition, how)) {
    if (finding.severity == Severity::info) continue;
    tell(finding, written);
    sound = sound && finding.severity != Severity::error;
  }
  return sound;
}

std::uint16_t port_of(const std::string& text) {
  std::uint16_t port = 0;
  std::from_chars(text.data(), text.data() + text.size(), port);
  return port;
}

nlohmann::json request_for(const ServiceValues& values) {
  nlohmann::json request = {{"command", "advertise"},     {"instance", values.instance},
                            {"type", values.type},        {"port", port_of(values.port)},
                            {"domain", values.domain},    {"host", values.host},
                            {"subtypes", values.subtypes}};
  const bool is_text = std::ranges::all_of(values.txt, [](const std::string& string) {
    return utf8::find_ill_formed(string) == string.npos;
  });
  if (is_text) {
    request["txt"] = values.txt;
  } else {
    for (const std::string& string : values.txt) request["txt_hex"].push_back(to_hex(string));
  }
  return request;
}

/// Without a daemon that could be asked, one is started for this service alone.
Exit announce_alone(const Options& options, const std::string& file) {
  complain("no srvwardend answers on " + report::shown(options.socket->path()) +
           ": starting one for this service alone; ^C ends it");
  std::fflush(nullptr);
  complain("cannot start srvwardend: " + become_daemon(file) +
           "; install it, or start it and name its socket with --socket");
  return Exit::unreadable;
}

Exit advertise(Options& options) {
  if (!options.registry->load()) return Exit::unreadable;
  std::erase(options.values.txt, "");
  const ValuesDefinition written = definition_of(options.values);
  if (!is_sound(written, options.registry->registry())) {
    complain("nothing is announced: mend what is wrong above");
    return Exit::findings;
  }
  const std::string file = avahi_file_of(options.values);
  if (options.dry_run) {
    if (!file.empty()) {
      report::put(file);
    } else {
      complain("it is right, but no file of avahi.service(5) can hold its TXT keys");
    }
    return Exit::clean;
  }
  ControlClient client;
  const auto why = client.connect(options.socket->path());
  if (why == NoDaemon::absent && !file.empty()) return announce_alone(options, file);
  if (why) {
    complain(options.socket->words_for(*why, client.trouble()));
    return Exit::unreadable;
  }
  return hold_lease(client, options.socket->path(), request_for(options.values));
}

void add_options(CLI::App& command, Options& options) {
  command.add_option("--subtype", options.values.subtypes, "A subtype, such as _printer")
      ->type_name("SUBTYPE")
      ->allow_extra_args(false)
      ->check(not_empty);
  command
      .add_option("--host", options.values.host, "The SRV record's target; this host if not given")
      ->type_name("NAME")
      ->check(not_empty);
  command.add_option("--domain", options.values.domain, "Another domain than the host's")
      ->type_name("NAME")
      ->check(not_empty);
  command.add_flag("--dry-run", options.dry_run,
                   "Send nothing: print what would be announced, as a file of avahi.service(5)");
  command.add_option("instance", options.values.instance, "The name that people see")
      ->required()
      ->type_name("INSTANCE");
  command.add_option("type", options.values.type, "The service type, such as _ipp._tcp")
      ->required()
      ->type_name("TYPE");
  command.add_option("port", options.values.port, "The port, 0 to 65535")
      ->required()
      ->type_name("PORT");
  command.add_option("txt", options.values.txt, "TXT strings, in their order")
      ->type_name("KEY=VALUE");
}

}  // namespace

void add_advertise(CLI::App& program, Action& action) {
  CLI::App* command = program.add_subcommand(
      "advertise", "Announces one service through srvwardend until it is interrupted");
  auto options = std::make_shared<Options>();
  add_options(*command, *options);
  options->registry = RegistryChoice::add_to(*command);
  options->socket = SocketChoice::add_to(*command);
  command->footer(
      "The values are checked by the rules of definition files first. The service is taken off "
      "the\n"
      "link when the command ends: by ^C, SIGTERM, or the end of standard input where that is a\n"
      "terminal or a pipe. Put -- before values that start with a hyphen.\n"
      "Exit status: 0 ended so; 1 errors were found, or srvwardend refuses; 3 no daemon answers.");
  when_chosen(*command, action, [options] { return advertise(*options); });
}

}  // namespace srvwarden::tool
