// srvwarden registry: imports an edition of IANA's registry, and shows what it says.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "report/terminal.hpp"
#include "srvwarden/registry.hpp"
#include "srvwarden/registry_table.hpp"
#include "tool/command.hpp"
#include "tool/file_input.hpp"

namespace srvwarden::tool {
namespace {

struct ImportOptions {
  std::string file;
  std::string out = "-";
  std::string edition;
};

struct ShowOptions {
  std::vector<std::string> wanted;
  std::shared_ptr<RegistryChoice> registry;
};

void put(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

std::string described(const std::string& file, const RegistryProblem& problem) {
  std::string text = report::shown(file) + ':' + std::to_string(problem.at.line) + ':' +
                     std::to_string(problem.at.column) + ": " +
                     (problem.rejected ? "rejected" : "doubtful") + ": ";
  text += name_of(problem.issue);
  if (!problem.detail.empty()) text += " \"" + report::shown(problem.detail) + '"';
  return text;
}

/// Writes beside the file first, so that a fault leaves the old one whole.
bool write_file(const std::string& path, const std::string& text) {
  if (path == "-") {
    put(text);
    return true;
  }
  const std::string beside = path + ".new";
  std::ofstream file(beside, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  std::error_code error = file ? std::error_code() : std::make_error_code(std::errc::io_error);
  if (!error) std::filesystem::rename(beside, path, error);
  if (!error) return true;
  std::error_code ignored;
  std::filesystem::remove(beside, ignored);
  complain("cannot write " + report::shown(path) + ": " + error.message());
  return false;
}

Exit import(const ImportOptions& options) {
  auto edition =
      find_date(options.edition.empty() ? std::filesystem::path(options.file).filename().string()
                                        : options.edition);
  if (!options.edition.empty() && !edition) {
    complain("the edition must be a date, YYYY-MM-DD");
    return Exit::usage;
  }
  std::string text;
  if (const std::error_code error = read_file(options.file, text)) {
    complain("cannot read " + report::shown(options.file) + ": " + error.message());
    return Exit::unreadable;
  }
  const auto import = read_registry(std::move(text), edition);
  if (!import) {
    complain(described(options.file, import.error()));
    return Exit::unreadable;
  }
  for (const RegistryProblem& problem : import->problems) {
    complain(described(options.file, problem));
  }
  complain(std::to_string(import->rows_read) + " rows read, " + std::to_string(import->rows_kept) +
           " kept, " + std::to_string(import->rows_rejected) + " rejected");
  if (!write_file(options.out, write_registry_tsv(import->table))) return Exit::unreadable;
  return import->rows_rejected == 0 ? Exit::clean : Exit::findings;
}

std::string date_text(RegistryDate date) {
  char text[24];
  std::snprintf(text, sizeof text, date.day != 0 ? "%04d-%02d-%02d" : "%04d-%02d", date.year,
                date.month, date.day);
  return text;
}

std::string line_of(const RegistryRecord& record) {
  std::string text = record.name.empty() ? "(no name)" : report::shown(record.name);
  if (record.ports.present) text += ' ' + std::to_string(record.ports.first);
  if (record.ports.first != record.ports.last) text += '-' + std::to_string(record.ports.last);
  text += ' ';
  text += record.transport == RegistryTransport::none ? "any transport" : name_of(record.transport);
  if (!record.title.empty()) text += ": " + report::shown(record.title);
  const auto add = [&](std::string_view what, std::string_view value) {
    text += "\n    " + std::string(what) + (value.empty() ? "" : " ") + report::shown(value);
  };
  if (record.status != RegistryStatus::assigned) add(name_of(record.status), {});
  if (!record.replacement.empty()) add("use instead:", record.replacement);
  if (record.registered) add("registered", date_text(record.registered));
  if (record.modified) add("modified", date_text(record.modified));
  if (!record.references.empty()) add("references", record.references);
  if (record.service_code != 0) add("service code", std::to_string(record.service_code));
  if (record.unauthorized_use) add("unauthorized use known", {});
  return text + '\n';
}

/// A number is a port; all else is a name, with or without its underscore.
RegistryRecords look_up(const Registry& registry, std::string_view wanted) {
  const bool number = !wanted.empty() && wanted.size() <= 5 &&
                      wanted.find_first_not_of("0123456789") == wanted.npos;
  const unsigned long port = number ? std::stoul(std::string(wanted)) : 65536;
  if (port <= 65535) return registry.find_port(static_cast<std::uint16_t>(port));
  if (wanted.starts_with('_')) wanted.remove_prefix(1);
  return registry.find(wanted);
}

void complain_missing(const Registry& registry, const std::string& wanted) {
  complain("the registry has no " + report::shown(wanted));
  auto near = registry.nearest(wanted.starts_with('_') ? wanted.substr(1) : wanted);
  if (near.empty()) near = registry.find_in_titles(wanted);
  for (const Suggestion& one : near) {
    complain("  did you mean " + report::shown(one.name) + " (" + report::shown(one.title) + ")?");
  }
}

Exit show(const ShowOptions& options) {
  if (!options.registry->load()) return Exit::unreadable;
  const Registry* registry = options.registry->registry();
  if (registry == nullptr) {
    complain("there is nothing to show without a registry");
    return Exit::usage;
  }
  Exit exit = Exit::clean;
  for (const std::string& wanted : options.wanted) {
    const RegistryRecords records = look_up(*registry, wanted);
    for (const RegistryRecord& record : records) put(line_of(record));
    if (!records.empty()) continue;
    complain_missing(*registry, wanted);
    exit = Exit::findings;
  }
  return exit;
}

}  // namespace

void add_registry(CLI::App& program, Action& action) {
  CLI::App* command = program.add_subcommand("registry", "Imports or shows IANA's registry");
  command->require_subcommand(1);

  CLI::App* importing = command->add_subcommand(
      "import", "Makes srvwarden's table from IANA's CSV, or checks a table");
  auto import_options = std::make_shared<ImportOptions>();
  importing->add_option("file", import_options->file, "The file, or - for standard input")
      ->required()
      ->type_name("FILE|-");
  importing->add_option("-o,--output", import_options->out, "Where to write the table")
      ->type_name("FILE|-")
      ->capture_default_str();
  importing
      ->add_option("--edition", import_options->edition,
                   "The edition's date; else that in the file's name, else the newest of any row")
      ->type_name("YYYY-MM-DD");
  importing->callback(
      [import_options, &action] { action = [import_options] { return import(*import_options); }; });

  CLI::App* showing = command->add_subcommand("show", "Shows every row of a name or a port");
  auto show_options = std::make_shared<ShowOptions>();
  showing->add_option("wanted", show_options->wanted, "Names or ports: ipp, 631")
      ->required()
      ->type_name("NAME|PORT");
  show_options->registry = RegistryChoice::add_to(*showing);
  showing->callback(
      [show_options, &action] { action = [show_options] { return show(*show_options); }; });
}

}  // namespace srvwarden::tool
