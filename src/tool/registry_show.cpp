// srvwarden registry show and port: what is registered for a name or a port.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "report/finding_json.hpp"
#include "report/port_answer.hpp"
#include "report/registry_json.hpp"
#include "report/registry_text.hpp"
#include "report/terminal.hpp"
#include "srvwarden/registry.hpp"
#include "srvwarden/underscored_names.hpp"
#include "tool/file_output.hpp"
#include "tool/registry_commands.hpp"

namespace srvwarden::tool {
namespace {

using nlohmann::ordered_json;

struct Options {
  std::vector<std::string> wanted;
  std::string format = "text";
  std::shared_ptr<RegistryChoice> registry;
};

std::vector<Suggestion> suggestions_for(const Registry& registry, std::string_view name) {
  auto near = registry.nearest(name);
  return near.empty() ? registry.find_in_titles(name) : near;
}

void complain_missing(const Registry& registry, std::string_view wanted, std::string_view name) {
  complain("the registry has no " + report::shown(name));
  if (const UnderscoredName* one = find_underscored_name(wanted)) {
    return complain("  " + report::shown(wanted) + " is no service but a place for " +
                    std::string(one->types) + " records (RFC 8552), " +
                    std::string(one->references));
  }
  for (const Suggestion& one : suggestions_for(registry, name)) {
    const std::string title = one.title.empty() ? "" : " (" + report::shown(one.title) + ")";
    complain("  did you mean " + report::shown(one.name) + title + "?");
  }
}

ordered_json name_json(const Registry& registry, const std::string& wanted, std::string_view name) {
  const RegistryRecords records = registry.find(name);
  ordered_json out = {{"wanted", wanted},
                      {"service", nullptr},
                      {"rows", ordered_json::array()},
                      {"suggestions", ordered_json::array()}};
  if (!records.empty()) out["service"] = report::to_json(service_of(records));
  for (const RegistryRecord& record : records) out["rows"].push_back(report::to_json(record));
  if (!records.empty()) return out;
  for (const Suggestion& one : suggestions_for(registry, name)) {
    out["suggestions"].push_back(report::to_json(one));
  }
  return out;
}

/// "631" and "631/tcp" are ports: no service name is a number (RFC 6335 §5.1), and only historic
/// ones have a "/".
std::optional<report::AskedPort> as_port(const Registry& registry, const std::string& wanted) {
  return registry.contains(wanted) ? std::nullopt : report::AskedPort::parse(wanted);
}

Exit show(const Options& options) {
  if (const Exit exit = load_some(*options.registry); exit != Exit::clean) return exit;
  const Registry& registry = *options.registry->registry();
  Exit exit = Exit::clean;
  ordered_json all = ordered_json::array();
  const bool json = options.format == "json";
  for (const std::string& wanted : options.wanted) {
    if (const auto port = as_port(registry, wanted)) {
      if (json) {
        all.push_back(report::port_json(registry, *port));
      } else {
        put(report::port_text(registry, *port));
      }
      continue;
    }
    const std::string_view name = name_within(registry, wanted);
    const RegistryRecords records = registry.find(name);
    if (records.empty()) exit = Exit::findings;
    if (json) {
      all.push_back(name_json(registry, wanted, name));
    } else if (records.empty()) {
      complain_missing(registry, wanted, name);
    }
    if (json) continue;
    for (const report::RowGroup& group : report::group_rows(records)) put(report::row_text(group));
  }
  if (json) put(report::dump_indented(all));
  return exit;
}

Exit port(const Options& options) {
  std::vector<report::AskedPort> ports;
  for (const std::string& wanted : options.wanted) {
    const auto asked = report::AskedPort::parse(wanted);
    if (!asked) {
      complain("no port: " + report::shown(wanted) +
               "; a port is a number from 0 to 65535, and /tcp, /udp, /sctp or /dccp may follow");
      return Exit::usage;
    }
    ports.push_back(*asked);
  }
  if (const Exit exit = load_some(*options.registry); exit != Exit::clean) return exit;
  const Registry& registry = *options.registry->registry();
  ordered_json all = ordered_json::array();
  for (const report::AskedPort asked : ports) {
    if (options.format == "json") {
      all.push_back(report::port_json(registry, asked));
    } else {
      put(report::port_text(registry, asked));
    }
  }
  if (options.format == "json") put(report::dump_indented(all));
  return Exit::clean;
}

}  // namespace

void add_registry_show(CLI::App& registry, Action& action) {
  CLI::App* command = registry.add_subcommand("show", "Shows every row of a name, or of a port");
  auto options = std::make_shared<Options>();
  command->add_option("wanted", options->wanted, "Names or ports: ipp, _ipp._tcp, 631")
      ->required()
      ->check(not_empty)
      ->type_name("NAME|PORT");
  add_format(*command, options->format);
  options->registry = RegistryChoice::add_to(*command);
  command->footer(
      "Rows that differ in the transport alone are told as one.\n"
      "Exit status: 0 all names are registered, 1 one is not.\n"
      "Examples:\n"
      "  srvwarden registry show ipp\n"
      "  srvwarden registry show --format json _airplay._tcp _raop._tcp");
  when_chosen(*command, action, [options] { return show(*options); });
}

void add_registry_port(CLI::App& registry, Action& action) {
  CLI::App* command = registry.add_subcommand("port", "Tells who has a port");
  auto options = std::make_shared<Options>();
  command->add_option("port", options->wanted, "Ports: 631, 631/tcp, 5004/dccp")
      ->required()
      ->type_name("N[/TRANSPORT]");
  add_format(*command, options->format);
  options->registry = RegistryChoice::add_to(*command);
  command->footer(
      "Exit status: 0 answered, also where nobody has the port.\n"
      "Examples:\n"
      "  srvwarden registry port 631/tcp\n"
      "  srvwarden registry port --format json 6005 50000");
  when_chosen(*command, action, [options] { return port(*options); });
}

}  // namespace srvwarden::tool
