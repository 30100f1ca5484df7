// srvwarden completion: the script that lets a shell complete command lines.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <string>

#include "tool/command.hpp"
#include "tool/completion.hpp"

namespace srvwarden::tool {
namespace {

struct Shell {
  const char* name;
  std::string (*script)(const CompletedCommand& program);
};

constexpr Shell shells[] = {
    {"bash", bash_completion}, {"zsh", zsh_completion}, {"fish", fish_completion}};

std::vector<std::string> shell_names() {
  std::vector<std::string> names;
  for (const Shell& shell : shells) names.emplace_back(shell.name);
  return names;
}

}  // namespace

void add_completion(CLI::App& program, Action& action) {
  CLI::App* command = program.add_subcommand(
      "completion", "Prints the script that lets a shell complete srvwarden's command lines");
  auto chosen = std::make_shared<std::string>();
  command->add_option("shell", *chosen, "Which shell reads it")
      ->required()
      ->check(CLI::IsMember(shell_names()))
      ->type_name("SHELL");
  command->footer(
      "Installed with srvwarden for shells that look into its prefix. Otherwise:\n"
      "  bash: srvwarden completion bash > ~/.local/share/bash-completion/completions/srvwarden\n"
      "  zsh:  srvwarden completion zsh > _srvwarden, in a folder of $fpath\n"
      "  fish: srvwarden completion fish > ~/.config/fish/completions/srvwarden.fish");
  when_chosen(*command, action, [chosen, &program] {
    const auto* shell =
        std::ranges::find_if(shells, [&](const Shell& one) { return *chosen == one.name; });
    const std::string script = shell->script(completions_of(program));
    std::fwrite(script.data(), 1, script.size(), stdout);
    return Exit::clean;
  });
}

}  // namespace srvwarden::tool
