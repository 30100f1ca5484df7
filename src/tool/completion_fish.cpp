// Completions for fish: a line an option or argument, each with the command that it belongs to.
// SPDX-License-Identifier: Apache-2.0
#include "tool/completion.hpp"

namespace srvwarden::tool {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out += '\'';
}

constexpr const char* head =
    R"script(# fish completion of srvwarden, made by `srvwarden completion fish`.

)script";

constexpr const char* at_command = R"script(
# Whether the line so far chose this command and no other below it.
function __srvwarden_at
    set -l chosen srvwarden
    for word in (commandline -opc)[2..-1]
        if contains -- "$chosen $word" $__srvwarden_commands
            set chosen "$chosen $word"
        end
    end
    test "$chosen" = "$argv"
end

complete -c srvwarden -f
)script";

void append_value(std::string& out, const Completed& place) {
  if (!place.words.empty()) out += " -a " + quoted(joined(place.words));
  if (place.files) out += " -F";
}

void append_command(std::string& out, const CompletedCommand& command) {
  const std::string start = "complete -c srvwarden -n " + quoted("__srvwarden_at " + command.path);
  for (const CompletedCommand& one : command.commands) {
    out += start + " -a " + one.name + " -d " + quoted(one.description) + '\n';
  }
  for (const Completed& option : command.options) {
    out += start;
    for (const std::string& name : option.names) {
      out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    if (option.takes_value) out += option.files ? " -r" : " -x";
    append_value(out, option);
    out += " -d " + quoted(option.description) + '\n';
  }
  for (const Completed& argument : command.arguments) {
    if (argument.words.empty() && !argument.files) continue;
    out += start;
    append_value(out, argument);
    out += '\n';
  }
}

}  // namespace

std::string fish_completion(const CompletedCommand& program) {
  std::string out = head;
  out += "set -g __srvwarden_commands";
  for (const CompletedCommand* command : all_commands(program)) {
    out += " \\\n    " + quoted(command->path);
  }
  out += '\n';
  out += at_command;
  for (const CompletedCommand* command : all_commands(program)) append_command(out, *command);
  return out;
}

}  // namespace srvwarden::tool
