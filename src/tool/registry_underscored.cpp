// srvwarden registry underscored: names that begin with "_" and are no service names.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "report/finding_json.hpp"
#include "report/terminal.hpp"
#include "srvwarden/registry_service.hpp"
#include "srvwarden/underscored_names.hpp"
#include "tool/file_input.hpp"
#include "tool/file_output.hpp"
#include "tool/registry_commands.hpp"
#include "tool/registry_file.hpp"

namespace srvwarden::tool {
namespace {

struct Options {
  std::vector<std::string> labels;
  std::string import_file;
  std::string out = "-";
  std::string format = "text";
};

std::string text_of(const UnderscoredName& one) {
  std::string text(one.name);
  text.append(": ").append(one.types).append(" records, ").append(one.references);
  return text + '\n';
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

nlohmann::ordered_json json_of(const UnderscoredName& one) {
  return {{"name", one.name},
          {"types", words_of(one.types)},
          {"references", references_in(one.references)}};
}

Exit import(const Options& options) {
  std::string text;
  if (const std::error_code error = read_file(options.import_file, text)) {
    complain("cannot read " + report::shown(options.import_file) + ": " + error.message());
    return Exit::unreadable;
  }
  const auto table = UnderscoredTable::read(std::move(text));
  if (!table) {
    complain(described(options.import_file, table.error()));
    return Exit::unreadable;
  }
  complain(std::to_string(table->names().size()) + " underscored names read, edition " +
           to_text(table->edition()));
  return write_output(options.out, table->text()) ? Exit::clean : Exit::unreadable;
}

Exit show(const Options& options) {
  std::vector<const UnderscoredName*> found;
  Exit exit = Exit::clean;
  for (const std::string& label : options.labels) {
    const UnderscoredName* one =
        find_underscored_name(label.starts_with('_') ? label : '_' + label);
    if (one != nullptr) {
      found.push_back(one);
    } else {
      complain("no underscored name of RFC 8552: " + report::shown(label));
      exit = Exit::findings;
    }
  }
  if (options.labels.empty()) {
    for (const UnderscoredName& one : underscored_names()) found.push_back(&one);
  }
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  for (const UnderscoredName* one : found) {
    if (options.format == "json") {
      out.push_back(json_of(*one));
    } else {
      put(text_of(*one));
    }
  }
  if (options.format == "json") put(report::dump_indented(out));
  return exit;
}

}  // namespace

void add_registry_underscored(CLI::App& registry, Action& action) {
  CLI::App* command = registry.add_subcommand(
      "underscored", "Shows the names that begin with \"_\" and are no service names (RFC 8552)");
  auto options = std::make_shared<Options>();
  CLI::Option* labels =
      command
          ->add_option("label", options->labels, "_dmarc, with or without \"_\"; none: all of them")
          ->type_name("LABEL");
  CLI::Option* import_file =
      command
          ->add_option("--import", options->import_file,
                       "Read IANA's dns-parameters.xml and write srvwarden's table of them")
          ->type_name("FILE|-")
          ->excludes(labels);
  command->add_option("-o,--output", options->out, "Where the table goes")
      ->type_name("FILE|-")
      ->capture_default_str()
      ->needs(import_file);
  add_format(*command, options->format);
  command->footer(
      "Exit status: 0 shown, 1 a label is none of them, 2 wrong usage, 3 the file is of no use.\n"
      "Examples:\n"
      "  srvwarden registry underscored _acme-challenge\n"
      "  srvwarden registry underscored --import dns-parameters.xml -o underscored-names.tsv");
  when_chosen(*command, action, [options] {
    return options->import_file.empty() ? show(*options) : import(*options);
  });
}

}  // namespace srvwarden::tool
