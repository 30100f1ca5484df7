// Options that several commands have.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>
#include <utility>

#include "report/terminal.hpp"
#include "srvwarden/registry_table.hpp"
#include "tool/command.hpp"
#include "tool/file_input.hpp"

namespace srvwarden::tool {

void complain(std::string_view text) {
  std::fprintf(stderr, "srvwarden: %.*s\n", static_cast<int>(text.size()), text.data());
}

std::shared_ptr<FailOn> FailOn::add_to(CLI::App& command) {
  auto option = std::make_shared<FailOn>();
  command.add_option("--fail-on", option->word_, "The severity from which on the exit status is 1")
      ->check(CLI::IsMember({"error", "warning", "info", "never"}))
      ->capture_default_str();
  return option;
}

bool FailOn::fails(std::optional<Severity> worst) const {
  if (!worst || word_ == "never") return false;
  const Severity least = word_ == "info"      ? Severity::info
                         : word_ == "warning" ? Severity::warning
                                              : Severity::error;
  return *worst >= least;
}

std::shared_ptr<RegistryChoice> RegistryChoice::add_to(CLI::App& command) {
  auto option = std::make_shared<RegistryChoice>();
  command
      .add_option("--registry", option->file_,
                  "Ask this table or IANA edition instead of the one built in; \"none\" asks no "
                  "registry")
      ->type_name("FILE|none");
  return option;
}

bool RegistryChoice::load() {
  if (file_.empty() || file_ == "none") return true;
  std::string text;
  if (const std::error_code error = read_file(file_, text)) {
    complain("cannot read the registry " + file_ + ": " + error.message());
    return false;
  }
  const auto read = read_registry(std::move(text), find_date(file_));
  if (!read) {
    const RegistryProblem& problem = read.error();
    complain(file_ + ":" + std::to_string(problem.at.line) + ":" +
             std::to_string(problem.at.column) + ": not a registry that can be used: " +
             std::string(name_of(problem.issue)) + " " + report::shown(problem.detail));
    return false;
  }
  loaded_.emplace(read->table);
  return true;
}

const Registry* RegistryChoice::registry() const {
  if (file_ == "none") return nullptr;
  return loaded_ ? &*loaded_ : &Registry::builtin();
}

}  // namespace srvwarden::tool
