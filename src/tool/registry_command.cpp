// srvwarden registry: what IANA registered, and editions of it.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <string>

#include "srvwarden/ascii.hpp"
#include "tool/registry_commands.hpp"

namespace srvwarden::tool {

void add_format(CLI::App& command, std::string& format) {
  command.add_option("--format", format, "How to write it")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("text|json")
      ->capture_default_str();
}

Exit load_some(RegistryChoice& choice) {
  if (!choice.load()) return Exit::unreadable;
  if (choice.registry() != nullptr) return Exit::clean;
  complain("this command has nothing to tell without a registry");
  return Exit::usage;
}

std::string_view name_within(const Registry& registry, std::string_view wanted) {
  if (registry.contains(wanted)) return wanted;
  if (wanted.starts_with('_')) wanted.remove_prefix(1);
  if (registry.contains(wanted)) return wanted;
  const auto dot = wanted.find('.');
  std::string_view label = dot == wanted.npos ? std::string_view() : wanted.substr(dot + 1);
  if (label.starts_with('_')) label.remove_prefix(1);
  label = label.substr(0, label.find('.'));
  return ascii::equal(label, "tcp") || ascii::equal(label, "udp") ? wanted.substr(0, dot) : wanted;
}

void add_registry(CLI::App& program, Action& action) {
  CLI::App* command = program.add_subcommand(
      "registry", "Asks IANA's registry of service names and ports, and keeps editions of it");
  command->require_subcommand(1);
  for (const auto add :
       {add_registry_show, add_registry_port, add_registry_search, add_registry_list,
        add_registry_stats, add_registry_import, add_registry_export, add_registry_verify,
        add_registry_diff, add_registry_update, add_registry_underscored}) {
    add(*command, action);
  }
  command->footer(
      "Examples:\n"
      "  srvwarden registry show _ipp._tcp\n"
      "  srvwarden registry port 631/tcp\n"
      "  srvwarden registry search internet printing");
}

}  // namespace srvwarden::tool
