// Completions for bash: a table of what may follow each command, and a walk over the line.
// SPDX-License-Identifier: Apache-2.0
#include "tool/completion.hpp"

namespace srvwarden::tool {
namespace {

constexpr const char* head =
    R"script(# bash completion of srvwarden, made by `srvwarden completion bash`.

# _srvwarden_knows "COMMAND", or "COMMAND OPTION" of an option with a value: what may follow.
_srvwarden_knows() {
  options='' words='' files=''
  case $1 in
)script";

constexpr const char* tail = R"script(    *) return 1 ;;
  esac
}

_srvwarden() {
  local word=${COMP_WORDS[COMP_CWORD]} command='' option='' plain='' i options words files
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      --) plain=yes; break ;;
      -*)
        _srvwarden_knows "$command ${COMP_WORDS[i]}" || continue
        option="$command ${COMP_WORDS[i]}"
        i=$((i + 1))  # over its value
        if [[ ${COMP_WORDS[i]} == '=' ]]; then i=$((i + 1)); fi
        ;;
      *) if _srvwarden_knows "$command ${COMP_WORDS[i]}"; then command+=" ${COMP_WORDS[i]}"; fi ;;
    esac
  done
  if ((i > COMP_CWORD)); then
    if [[ $word == '=' ]]; then word=''; fi
    _srvwarden_knows "$option"
  else
    _srvwarden_knows "$command"
    if [[ -z $plain && ($word == -* || -z $words$files) ]]; then words+=" $options"; fi
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
  if [[ -n $files ]]; then
    compopt -o filenames
    mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$word")
  fi
}

complete -F _srvwarden srvwarden
)script";

struct Known {
  std::vector<std::string> options;
  std::vector<std::string> words;
  bool files = false;

  void add(const Completed& place) {
    words.insert(words.end(), place.words.begin(), place.words.end());
    files |= place.files;
  }
};

void append_case(std::string& out, const std::string& pattern, const Known& known) {
  out.append("    ").append(pattern).append(")\n");
  const auto set = [&](const char* variable, const std::string& value) {
    if (!value.empty()) out.append("      ").append(variable).append(shell_quoted(value) + '\n');
  };
  set("options=", joined(known.options));
  set("words=", joined(known.words));
  set("files=", known.files ? "yes" : "");
  out += "      ;;\n";
}

/// The words that lead to a command, as the script counts them: without the program's name.
std::string key_of(const CompletedCommand& command) {
  const std::size_t space = command.path.find(' ');
  return space == std::string::npos ? "" : command.path.substr(space);
}

void append_command(std::string& out, const CompletedCommand& command) {
  Known known;
  for (const CompletedCommand& one : command.commands) known.words.push_back(one.name);
  for (const Completed& argument : command.arguments) known.add(argument);
  for (const Completed& option : command.options) {
    known.options.insert(known.options.end(), option.names.begin(), option.names.end());
  }
  append_case(out, shell_quoted(key_of(command)), known);
  for (const Completed& option : command.options) {
    if (!option.takes_value) continue;
    std::string pattern;
    for (const std::string& name : option.names) {
      if (!pattern.empty()) pattern += " | ";
      pattern += shell_quoted(key_of(command) + ' ' + name);
    }
    Known value;
    value.add(option);
    append_case(out, pattern, value);
  }
}

}  // namespace

std::string bash_completion(const CompletedCommand& program) {
  std::string out = head;
  for (const CompletedCommand* command : all_commands(program)) append_command(out, *command);
  return out += tail;
}

}  // namespace srvwarden::tool
