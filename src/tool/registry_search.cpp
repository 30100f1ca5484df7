// srvwarden registry search: names by words, also misspelt ones.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/finding_json.hpp"
#include "report/terminal.hpp"
#include "srvwarden/registry.hpp"
#include "tool/file_output.hpp"
#include "tool/registry_commands.hpp"

namespace srvwarden::tool {
namespace {

using nlohmann::ordered_json;

struct Options {
  std::vector<std::string> words;
  std::size_t limit = 20;
  std::string format = "text";
  std::shared_ptr<RegistryChoice> registry;
};

std::string match_text(const RegistryMatch& match) {
  std::string text = report::shown(match.name);
  if (!match.title.empty()) text += ": " + report::shown(match.title);
  if (!match.replacement.empty()) text += " [use " + report::shown(match.replacement) + " instead]";
  return text + '\n';
}

ordered_json match_json(const RegistryMatch& match) {
  const auto stated = [](std::string_view text) {
    return text.empty() ? ordered_json() : ordered_json(text);
  };
  return {{"name", match.name},
          {"title", stated(match.title)},
          {"replacement", stated(match.replacement)},
          {"words", match.words},
          {"edits", match.edits}};
}

Exit search(const Options& options) {
  if (const Exit exit = load_some(*options.registry); exit != Exit::clean) return exit;
  const Registry& registry = *options.registry->registry();
  std::string words;
  for (const std::string& word : options.words) {
    words.append(words.empty() ? "" : " ").append(name_within(registry, word));
  }
  const auto matches = registry.search(words, options.limit);
  if (options.format == "json") {
    ordered_json all = ordered_json::array();
    for (const RegistryMatch& match : matches) all.push_back(match_json(match));
    put(report::dump_indented(all));
  } else {
    for (const RegistryMatch& match : matches) put(match_text(match));
    if (matches.empty()) complain("nothing in the registry is like " + report::shown(words));
  }
  return matches.empty() ? Exit::findings : Exit::clean;
}

}  // namespace

void add_registry_search(CLI::App& registry, Action& action) {
  CLI::App* command =
      registry.add_subcommand("search", "Finds names by words of their names and titles");
  auto options = std::make_shared<Options>();
  command->add_option("words", options->words, "Words; the first eight count")
      ->required()
      ->type_name("WORD");
  command->add_option("--limit", options->limit, "How many names to show at most")
      ->check(CLI::Range(1, 100'000))
      ->type_name("N")
      ->capture_default_str();
  add_format(*command, options->format);
  options->registry = RegistryChoice::add_to(*command);
  command->footer(
      "The likeliest come first: names with the most of the words, whole names before words of\n"
      "names, words of titles, parts of words and words with a slip of the fingers.\n"
      "Exit status: 0 found, 1 nothing found.\n"
      "Examples:\n"
      "  srvwarden registry search printer\n"
      "  srvwarden registry search --limit 3 intrenet pritning");
  when_chosen(*command, action, [options] { return search(*options); });
}

}  // namespace srvwarden::tool
