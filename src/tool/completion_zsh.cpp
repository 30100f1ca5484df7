// Completions for zsh: a function a command, which hands its line to _arguments.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tool/completion.hpp"

namespace srvwarden::tool {
namespace {

constexpr const char* head = R"script(#compdef srvwarden
# zsh completion of srvwarden, made by `srvwarden completion zsh`.

_srvwarden_file_or() {
  _alternative "words:word:($*)" 'files:file:_files'
}

)script";

constexpr const char* tail = R"script(if [ "$funcstack[1]" = _srvwarden ]; then
  _srvwarden "$@"
else
  compdef _srvwarden srvwarden
fi
)script";

std::string function_of(const CompletedCommand& command) {
  std::string name = "_" + command.path;
  std::ranges::replace(name, ' ', '_');
  return name;
}

/// A text within a specification, where colons and brackets mean something.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == ':' || c == '[' || c == ']' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string action_of(const Completed& place) {
  const std::string words = joined(place.words);
  if (!place.files) return words.empty() ? " " : "(" + words + ")";
  return words.empty() ? "_files" : " _srvwarden_file_or " + words;
}

void append_specification(std::string& out, const std::string& text) {
  out.append(" \\\n    ").append(shell_quoted(text));
}

void append_option(std::string& out, const Completed& option) {
  std::string others = option.repeats ? "" : joined(option.names);
  if (!others.empty()) others = '(' + others + ')';
  for (const std::string& name : option.names) {
    std::string text = option.repeats ? "*" : others;
    text += name;
    if (option.takes_value && name.starts_with("--")) text += '=';
    text += '[' + escaped(option.description) + ']';
    if (option.takes_value) text += ':' + escaped(option.value) + ':' + action_of(option);
    append_specification(out, text);
  }
}

void append_arguments(std::string& out, const CompletedCommand& command) {
  std::size_t number = 1;
  for (const Completed& argument : command.arguments) {
    const std::string place = argument.repeats ? "*" : std::to_string(number++);
    const bool known = !argument.words.empty() || argument.files;
    // A message about values that are not known would keep zsh from inserting an option there.
    const std::string action = known ? action_of(argument) : "{false}";
    append_specification(out, place + ':' + escaped(argument.value) + ':' + action);
  }
  if (command.commands.empty()) return;
  append_specification(out, "1:command:->command");
  append_specification(out, "*::argument:->arguments");
}

void append_states(std::string& out, const CompletedCommand& command) {
  out += "  case $state in\n    command)\n      commands=(\n";
  for (const CompletedCommand& one : command.commands) {
    out += "        " + shell_quoted(one.name + ':' + escaped(one.description)) + '\n';
  }
  out +=
      "      )\n      _describe -t commands command commands\n      ;;\n"
      "    arguments)\n      case $line[1] in\n";
  for (const CompletedCommand& one : command.commands) {
    out += "        " + one.name + ") " + function_of(one) + " ;;\n";
  }
  out += "      esac\n      ;;\n  esac\n";
}

void append_function(std::string& out, const CompletedCommand& command) {
  out += function_of(command) + "() {\n";
  if (!command.commands.empty()) {
    out += "  local curcontext=\"$curcontext\" state line\n  local -a commands\n";
  }
  out += command.commands.empty() ? "  _arguments -s -S" : "  _arguments -C -S";
  for (const Completed& option : command.options) append_option(out, option);
  append_arguments(out, command);
  out += command.commands.empty() ? "\n" : " && return\n";
  if (!command.commands.empty()) append_states(out, command);
  out += "}\n\n";
}

}  // namespace

std::string zsh_completion(const CompletedCommand& program) {
  std::string out = head;
  for (const CompletedCommand* command : all_commands(program)) append_function(out, *command);
  return out += tail;
}

}  // namespace srvwarden::tool
