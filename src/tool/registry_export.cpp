// srvwarden registry export: the registry for other programs and for compilers.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "registry/compiler/emit.hpp"
#include "report/services_file.hpp"
#include "srvwarden/registry_service.hpp"
#include "tool/file_output.hpp"
#include "tool/registry_commands.hpp"

namespace srvwarden::tool {
namespace {

struct Options {
  std::string as;
  std::string out = "-";
  std::shared_ptr<RegistryChoice> registry;
};

std::string names_header(const Registry& asked) {
  std::vector<registry::CompiledName> names;
  for (const RegistryService& service : services_of(asked)) {
    const NameStanding standing = asked.standing(service.name);
    names.push_back({service.name, standing.for_tcp, standing.for_udp});
  }
  const std::string edition = asked.edition() ? to_text(asked.edition()) : "unknown";
  return registry::emit_names(names, "srvwarden from the registry's edition " + edition);
}

Exit run_export(const Options& options) {
  if (const Exit exit = load_some(*options.registry); exit != Exit::clean) return exit;
  const Registry& registry = *options.registry->registry();
  const std::string text =
      options.as == "header" ? names_header(registry) : report::services_file(registry);
  return write_output(options.out, text) ? Exit::clean : Exit::unreadable;
}

}  // namespace

void add_registry_export(CLI::App& registry, Action& action) {
  CLI::App* command = registry.add_subcommand(
      "export", "Writes the registry as /etc/services or as a C++ header of names");
  auto options = std::make_shared<Options>();
  command->add_option("--as", options->as, "services: services(5); header: for compile time")
      ->required()
      ->check(CLI::IsMember({"services", "header"}))
      ->type_name("services|header");
  command->add_option("-o,--output", options->out, "Where to write it")
      ->type_name("FILE|-")
      ->capture_default_str();
  options->registry = RegistryChoice::add_to(*command);
  command->footer(
      "services: ports in order; historic aliases and duplicates in the column of aliases; of a\n"
      "range, its first port. header: srvwarden/registry_names.hpp, which srvwarden's literals\n"
      "read.\n"
      "Examples:\n"
      "  srvwarden registry export --as services -o services\n"
      "  srvwarden registry export --as header --registry updated -o registry_names.hpp");
  when_chosen(*command, action, [options] { return run_export(*options); });
}

}  // namespace srvwarden::tool
