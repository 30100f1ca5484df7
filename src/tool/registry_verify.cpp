// srvwarden registry verify: what is wrong or doubtful in an edition.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "report/finding_json.hpp"
#include "report/terminal.hpp"
#include "srvwarden/registry_diff.hpp"
#include "srvwarden/registry_table.hpp"
#include "srvwarden/registry_verify.hpp"
#include "tool/file_output.hpp"
#include "tool/overlay_files.hpp"
#include "tool/registry_commands.hpp"
#include "tool/registry_file.hpp"

namespace srvwarden::tool {
namespace {

using nlohmann::ordered_json;

struct Options {
  std::string file;
  std::string format = "text";
};

std::string row_name(const RegistryRecord& row) {
  const std::string name = row.name.empty() ? "(no name)" : report::shown(row.name);
  return name + ' ' + row_place(row);
}

std::string text_of(const std::string& file, const RegistryContradiction& found) {
  std::string text = report::shown(file) + ": " + row_name(found.row) + ": ";
  text += sentence_of(found.doubt);
  const bool about_two = found.doubt != RegistryDoubt::prose_txt_keys;
  if (about_two) text += ": " + row_name(found.other);
  return text.append(" (").append(name_of(found.doubt)).append(")\n");
}

ordered_json json_of(const RegistryProblem& problem) {
  return {{"issue", name_of(problem.issue)}, {"message", sentence_of(problem.issue)},
          {"line", problem.at.line},         {"column", problem.at.column},
          {"rejected", problem.rejected},    {"detail", problem.detail}};
}

ordered_json json_of(const RegistryRecord& row) {
  return {{"name", row.name}, {"row", row_place(row)}};
}

ordered_json json_of(const RegistryContradiction& found) {
  ordered_json out = {{"issue", name_of(found.doubt)},
                      {"message", sentence_of(found.doubt)},
                      {"at", json_of(found.row)}};
  if (found.doubt != RegistryDoubt::prose_txt_keys) out["other"] = json_of(found.other);
  return out;
}

/// An overlay: its faults, and where it disagrees with the registry that is built in.
Exit verify_overlay(const Options& options) {
  const auto overlay = read_overlay_file(options.file);
  if (!overlay) return Exit::unreadable;
  std::vector<OverlayProblem> problems = overlay->problems;
  for (OverlayProblem& clash : find_clashes(*overlay, Registry::builtin())) {
    problems.push_back(std::move(clash));
  }
  if (options.format == "json") {
    ordered_json out = ordered_json::array();
    for (const OverlayProblem& problem : problems) {
      out.push_back({{"issue", problem.fatal ? "overlay-fault" : "overlay-clash"},
                     {"message", problem.message},
                     {"line", problem.at.line},
                     {"column", problem.at.column}});
    }
    put(report::dump_indented(out));
  } else {
    for (const OverlayProblem& problem : problems) put(described(options.file, problem) + '\n');
    put(std::to_string(overlay->services.size()) + " services read: " +
        std::to_string(problems.size()) + (problems.size() == 1 ? " problem\n" : " problems\n"));
  }
  return problems.empty() ? Exit::clean : Exit::findings;
}

Exit verify(const Options& options) {
  if (options.file.ends_with(".toml")) return verify_overlay(options);
  std::optional<RegistryProblem> fault;
  const auto import = read_registry_file(options.file, {}, &fault);
  if (!import) {
    if (fault && options.format == "json") {
      put(report::dump_indented(ordered_json::array({json_of(*fault)})));
    }
    return Exit::unreadable;
  }
  const Registry registry(import->table);
  const auto contradictions = contradictions_of(registry);
  const std::size_t count = import->problems.size() + contradictions.size();
  if (options.format == "json") {
    ordered_json out = ordered_json::array();
    for (const RegistryProblem& problem : import->problems) out.push_back(json_of(problem));
    for (const RegistryContradiction& found : contradictions) out.push_back(json_of(found));
    put(report::dump_indented(out));
  } else {
    for (const RegistryProblem& problem : import->problems) {
      put(described(options.file, problem) + '\n');
    }
    for (const RegistryContradiction& found : contradictions) put(text_of(options.file, found));
    put(std::to_string(import->rows_read) + " rows read: " + std::to_string(count) +
        (count == 1 ? " problem\n" : " problems\n"));
  }
  return count == 0 ? Exit::clean : Exit::findings;
}

}  // namespace

void add_registry_verify(CLI::App& registry, Action& action) {
  CLI::App* command =
      registry.add_subcommand("verify", "Tells what is wrong or doubtful in an edition or overlay");
  auto options = std::make_shared<Options>();
  command
      ->add_option("file", options->file,
                   "An edition in any format, - for standard input, or an overlay (*.toml)")
      ->required()
      ->type_name("FILE|-");
  add_format(*command, options->format);
  command->footer(
      "Finds invalid names (RFC 6335 section 5.1), replacements that no row has or that are to be\n"
      "replaced themselves, ranges that go down or overlap, rows that are there twice, ports that\n"
      "two names have, and TXT keys in prose. Of an overlay: its faults, and where it says "
      "something\n"
      "else than the registry that is built in.\n"
      "Exit status: 0 nothing found, 1 something found, 3 the file is of no use.\n"
      "Examples:\n"
      "  srvwarden registry verify service-names-port-numbers.csv\n"
      "  srvwarden registry verify --format json registry.tsv");
  when_chosen(*command, action, [options] { return verify(*options); });
}

}  // namespace srvwarden::tool
