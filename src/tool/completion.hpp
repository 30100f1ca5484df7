// Completions: what can be typed, told from the option parser, and written for each shell.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace srvwarden::tool {

/// What stands in one place of a command line: an option's value or an argument.
struct Completed {
  std::vector<std::string> names;  ///< "-q", "--quiet"; none: an argument
  std::string description;         ///< a line
  bool takes_value = true;         ///< false: a flag
  bool repeats = false;
  std::string value;               ///< the type's name, "FILE|none"
  std::vector<std::string> words;  ///< values that are known
  bool files = false;              ///< values may be files
};

/// A command with all that may follow it.
struct CompletedCommand {
  std::string name;
  std::string path;  ///< the words that lead to it, "registry show"; empty: the program
  std::string description;
  std::vector<Completed> options;
  std::vector<Completed> arguments;
  std::vector<CompletedCommand> commands;
};

/// Everything that the program's parser takes.
CompletedCommand completions_of(const CLI::App& program);

/// The command and all below it.
std::vector<const CompletedCommand*> all_commands(const CompletedCommand& program);

/// Quoted for sh, bash and zsh: 'it'\''s'.
std::string shell_quoted(const std::string& text);
/// The texts with one space between them.
std::string joined(const std::vector<std::string>& texts);

// Scripts that a shell reads.
std::string bash_completion(const CompletedCommand& program);
std::string zsh_completion(const CompletedCommand& program);
std::string fish_completion(const CompletedCommand& program);

}  // namespace srvwarden::tool
