// Completions: a walk through the option parser.
// SPDX-License-Identifier: Apache-2.0
#include "tool/completion.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "srvwarden/ascii.hpp"
#include "srvwarden/catalogue.hpp"

namespace srvwarden::tool {
namespace {

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end = text.find(at); end != text.npos; end = text.find(at, begin)) {
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

void add(std::vector<std::string>& words, const std::string& word) {
  if (!word.empty() && std::ranges::find(words, word) == words.end()) words.push_back(word);
}

/// Of "FILE|updated|none:{a,b}" the words are updated, none, a and b: capitals stand for something.
void read_type(const std::string& type, Completed& into) {
  const std::size_t choices = type.find('{');
  into.value = type.substr(0, type.find_first_of(":{"));
  for (const std::string& part : split(into.value, '|')) {
    const bool stands_for_itself =
        part == "-" || std::ranges::all_of(part, [](char c) {
          return ascii::is_digit(c) || c == '-' || (ascii::is_letter(c) && !ascii::is_upper(c));
        });
    if (stands_for_itself) add(into.words, part);
    into.files |= part == "FILE" || part == "PATH" || part == "FOLDER";
  }
  if (choices == type.npos) return;
  const std::string inside = type.substr(choices + 1, type.find('}', choices) - choices - 1);
  for (const std::string& word : split(inside, ',')) add(into.words, word);
}

/// What comes first says enough in a list.
std::string first_clause(const std::string& description) {
  return description.substr(0, std::min(description.find_first_of(";\n"), description.find(": ")));
}

Completed completed(const CLI::Option& option) {
  Completed out;
  for (const std::string& name : option.get_snames()) out.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) out.names.push_back("--" + name);
  out.description = first_clause(option.get_description());
  out.takes_value = option.get_items_expected_max() != 0;
  out.repeats = option.get_items_expected_max() > 1;
  if (!out.takes_value) return out;
  read_type(option.get_type_name(), out);
  if (out.value == "ID|NAME") {
    for (const RuleInfo* rule : catalogue()) out.words.emplace_back(rule->id);
  }
  return out;
}

CompletedCommand completed(const CLI::App& command, const std::string& parent) {
  CompletedCommand out;
  out.name = command.get_name();
  out.path = parent.empty() ? out.name : parent + ' ' + out.name;
  out.description = first_clause(command.get_description());
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    (option->get_positional() ? out.arguments : out.options).push_back(completed(*option));
  }
  for (const CLI::App* one : command.get_subcommands({})) {
    out.commands.push_back(completed(*one, out.path));
  }
  return out;
}

}  // namespace

CompletedCommand completions_of(const CLI::App& program) { return completed(program, ""); }

std::vector<const CompletedCommand*> all_commands(const CompletedCommand& program) {
  std::vector<const CompletedCommand*> all{&program};
  for (const CompletedCommand& one : program.commands) {
    for (const CompletedCommand* below : all_commands(one)) all.push_back(below);
  }
  return all;
}

std::string shell_quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out += '\'';
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) {
    if (!out.empty()) out += ' ';
    out += text;
  }
  return out;
}

}  // namespace srvwarden::tool
