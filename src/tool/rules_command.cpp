// srvwarden rules: lists and explains the catalogue.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/finding_json.hpp"
#include "report/rules_text.hpp"
#include "srvwarden/catalogue.hpp"
#include "tool/command.hpp"

namespace srvwarden::tool {
namespace {

struct Options {
  std::vector<std::string> wanted;
  std::string format = "text";
};

void put(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

Exit rules(const Options& options) {
  std::vector<const RuleInfo*> chosen;
  for (const std::string& word : options.wanted) {
    chosen.push_back(find_rule(word));
    if (chosen.back() != nullptr) continue;
    complain("there is no rule \"" + word + "\"; `srvwarden rules` lists them");
    return Exit::usage;
  }
  if (options.format == "man") {
    put(report::rules_manual());
  } else if (options.format == "json") {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    if (chosen.empty()) chosen.assign(catalogue().begin(), catalogue().end());
    for (const RuleInfo* rule : chosen) all.push_back(report::to_json(*rule));
    put(report::dump_indented(all));
  } else if (chosen.empty()) {
    put(report::rules_list());
  } else {
    for (const RuleInfo* rule : chosen) {
      if (rule != chosen.front()) put("\n");
      put(report::rule_explained(*rule));
    }
  }
  return Exit::clean;
}

}  // namespace

void add_rules(CLI::App& program, Action& action) {
  CLI::App* command = program.add_subcommand("rules", "Lists the rules, or explains some of them");
  auto options = std::make_shared<Options>();
  command->add_option("rule", options->wanted, "Ids or names: SN002, service-name-too-long")
      ->type_name("ID|NAME");
  command->add_option("--format", options->format, "How to write them")
      ->check(CLI::IsMember({"text", "json", "man"}))
      ->type_name("text|json|man")
      ->capture_default_str();
  when_chosen(*command, action, [options] { return rules(*options); });
}

}  // namespace srvwarden::tool
