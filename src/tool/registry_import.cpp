// srvwarden registry import: makes our table from any form in which IANA publishes an edition.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "srvwarden/registry_table.hpp"
#include "tool/file_output.hpp"
#include "tool/registry_commands.hpp"
#include "tool/registry_file.hpp"

namespace srvwarden::tool {
namespace {

struct Options {
  std::string file;
  std::string out = "-";
  std::string edition;
};

void tell_counts(const RegistryImport& import) {
  std::string text(import.format);
  text += ", edition " + (import.table.edition() ? to_text(import.table.edition()) : "unknown");
  text += ": " + std::to_string(import.rows_read) + " rows read, " +
          std::to_string(import.rows_kept) + " kept, " + std::to_string(import.rows_rejected) +
          " rejected; " + std::to_string(import.contacts_read) + " contacts read, none kept";
  complain(text);
  if (!import.losses.empty()) complain("this form lacks " + std::string(import.losses));
}

Exit import(const Options& options) {
  std::optional<RegistryDate> edition;
  if (!options.edition.empty()) {
    edition = find_date(options.edition);
    if (!edition || to_text(*edition) != options.edition) {
      complain("the edition must be a date, YYYY-MM-DD");
      return Exit::usage;
    }
  }
  const auto import = read_registry_file(options.file, edition);
  if (!import) return Exit::unreadable;
  for (const RegistryProblem& problem : import->problems) {
    complain(described(options.file, problem));
  }
  tell_counts(*import);
  if (!write_output(options.out, write_registry_tsv(import->table))) return Exit::unreadable;
  return import->rows_rejected == 0 ? Exit::clean : Exit::findings;
}

}  // namespace

void add_registry_import(CLI::App& registry, Action& action) {
  CLI::App* command = registry.add_subcommand(
      "import", "Makes srvwarden's table from a file of IANA's registry, or checks a table");
  auto options = std::make_shared<Options>();
  command->add_option("file", options->file, "The file, or - for standard input")
      ->required()
      ->type_name("FILE|-");
  command->add_option("-o,--output", options->out, "Where to write the table")
      ->type_name("FILE|-")
      ->capture_default_str();
  command
      ->add_option("--edition", options->edition,
                   "The edition's date; else that in the file, in its name, or the newest of a row")
      ->type_name("YYYY-MM-DD");
  command->footer(
      "Tells each problem with its place, and how many rows were read, kept and rejected.\n"
      "Exit status: 0 all rows kept, 1 rows rejected, 3 the file is of no use.\n"
      "Examples:\n"
      "  srvwarden registry import service-names-port-numbers.csv -o registry.tsv\n"
      "  curl -s URL | srvwarden registry import --edition 2026-08-17 - > registry.tsv");
  when_chosen(*command, action, [options] { return import(*options); });
}

}  // namespace srvwarden::tool
