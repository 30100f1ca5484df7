// Options that several commands have.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

#include "tool/command.hpp"
#include "tool/registry_file.hpp"

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
                  "Ask this table or IANA edition instead of the one built in; \"updated\" is "
                  "what `srvwarden registry update` keeps, \"none\" asks no registry")
      ->type_name("FILE|updated|none");
  return option;
}

bool RegistryChoice::load() {
  if (file_.empty() || file_ == "none") return true;
  loaded_ = open_registry(file_);
  return loaded_.has_value();
}

const Registry* RegistryChoice::registry() const {
  if (file_ == "none") return nullptr;
  return loaded_ ? &*loaded_ : &Registry::builtin();
}

}  // namespace srvwarden::tool
