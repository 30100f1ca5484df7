// Commands: how a subcommand joins the program, and what its exit says.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "srvwarden/finding.hpp"
#include "srvwarden/registry.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace srvwarden::tool {

/// The program's exit status, the same for every command.
enum class Exit : int {
  clean = 0,
  findings = 1,    ///< findings at or above --fail-on
  usage = 2,       ///< wrong usage
  unreadable = 3,  ///< an input could not be read, or no daemon answers
};

/// What the chosen command does; main calls it once the command line was read.
using Action = std::function<Exit()>;

/// A check of an option's value: a script's unset variable must not quietly choose something else.
///
/// @return  what is wrong with it, or nothing.
std::string not_empty(const std::string& value);

/// Makes this the action where the command line names the command.
void when_chosen(CLI::App& command, Action& action, Action chosen);

// Each adds one subcommand, which sets `action` when it is chosen.
void add_check(CLI::App& program, Action& action);
void add_audit(CLI::App& program, Action& action);
void add_changes(CLI::App& program, Action& action);
void add_explain(CLI::App& program, Action& action);
void add_compare(CLI::App& program, Action& action);
void add_registry(CLI::App& program, Action& action);
void add_lint(CLI::App& program, Action& action);
void add_rules(CLI::App& program, Action& action);
void add_status(CLI::App& program, Action& action);
void add_orders(CLI::App& program, Action& action);  ///< reload, withdraw, announce
void add_advertise(CLI::App& program, Action& action);
void add_completion(CLI::App& program, Action& action);  ///< program must outlive action

/// From which severity on findings fail a run: --fail-on.
class FailOn {
 public:
  /// Adds the option, "error" by default.
  static std::shared_ptr<FailOn> add_to(CLI::App& command);

  /// @param configured  what a configuration says; the command line prevails.
  bool fails(std::optional<Severity> worst,
             const std::optional<std::string>& configured = std::nullopt) const;

 private:
  std::string word_ = "error";
  const CLI::Option* option_ = nullptr;
};

/// The registry that a command asks: --registry FILE, updated or none, and --overlay.
class RegistryChoice {
 public:
  static std::shared_ptr<RegistryChoice> add_to(CLI::App& command);

  /// Reads the file if there is one; says on standard error why it cannot be used.
  ///
  /// @return  false where it could not be read. Then `registry()` is of no use.
  bool load();

  /// Null for "none". Lives as long as this.
  const Registry* registry() const;

 private:
  std::string file_;
  std::vector<std::string> overlays_;
  std::optional<Registry> loaded_;
};

/// Says on standard error what went wrong: "srvwarden: <text>".
void complain(std::string_view text);

}  // namespace srvwarden::tool
