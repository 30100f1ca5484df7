// srvwarden registry diff: what changed between two editions.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "report/finding_json.hpp"
#include "report/registry_diff_report.hpp"
#include "srvwarden/registry_diff.hpp"
#include "tool/file_output.hpp"
#include "tool/registry_commands.hpp"
#include "tool/registry_file.hpp"

namespace srvwarden::tool {
namespace {

struct Options {
  std::string before;
  std::string after;
  std::string format = "text";
};

Exit diff(const Options& options) {
  const auto before = open_registry(options.before);
  const auto after = before ? open_registry(options.after) : before;
  if (!before || !after) return Exit::unreadable;
  const RegistryDiff diff = compare(*before, *after);
  put(options.format == "json" ? report::dump_indented(report::diff_json(diff, *before, *after))
                               : report::diff_text(diff, *before, *after));
  return diff.empty() ? Exit::clean : Exit::findings;
}

}  // namespace

void add_registry_diff(CLI::App& registry, Action& action) {
  CLI::App* command = registry.add_subcommand("diff", "Tells what changed between two editions");
  auto options = std::make_shared<Options>();
  command->add_option("old", options->before, "An edition in any format, builtin, or updated")
      ->required()
      ->type_name("FILE|builtin|updated");
  command->add_option("new", options->after, "The other edition")
      ->required()
      ->type_name("FILE|builtin|updated");
  add_format(*command, options->format);
  command->footer(
      "Names are compared with case ignored; the order of rows does not matter.\n"
      "Exit status: 0 the same, 1 different, 3 an edition could not be read.\n"
      "Examples:\n"
      "  srvwarden registry diff service-names-port-numbers-2018-02-12.csv builtin\n"
      "  srvwarden registry diff builtin updated --format json");
  when_chosen(*command, action, [options] { return diff(*options); });
}

}  // namespace srvwarden::tool
