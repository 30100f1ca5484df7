// Options that several commands have.
// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>
#include <utility>

#include "tool/command.hpp"
#include "tool/overlay_files.hpp"
#include "tool/registry_file.hpp"

namespace srvwarden::tool {

void complain(std::string_view text) {
  std::fprintf(stderr, "srvwarden: %.*s\n", static_cast<int>(text.size()), text.data());
}

void when_chosen(CLI::App& command, Action& action, Action chosen) {
  command.callback([&action, chosen = std::move(chosen)] { action = chosen; });
}

std::shared_ptr<FailOn> FailOn::add_to(CLI::App& command) {
  auto option = std::make_shared<FailOn>();
  option->option_ =
      command
          .add_option("--fail-on", option->word_, "The severity from which on the exit status is 1")
          ->check(CLI::IsMember({"error", "warning", "info", "never"}))
          ->capture_default_str();
  return option;
}

bool FailOn::fails(std::optional<Severity> worst,
                   const std::optional<std::string>& configured) const {
  const std::string& word = option_->empty() && configured ? *configured : word_;
  if (!worst || word == "never") return false;
  const Severity least = word == "info"      ? Severity::info
                         : word == "warning" ? Severity::warning
                                             : Severity::error;
  return *worst >= least;
}

std::string not_empty(const std::string& value) { return value.empty() ? "must not be empty" : ""; }

std::shared_ptr<RegistryChoice> RegistryChoice::add_to(CLI::App& command) {
  auto option = std::make_shared<RegistryChoice>();
  command
      .add_option("--registry", option->file_,
                  "Ask this table or IANA edition instead of the one built in; \"updated\" is "
                  "what `srvwarden registry update` keeps, \"none\" asks no registry")
      ->type_name("FILE|updated|none")
      ->check(not_empty);
  command
      .add_option("--overlay", option->overlays_,
                  "Lay private services and TXT keys over it: a TOML file, or the name of one that "
                  "came with srvwarden; \"none\" leaves out those of /etc/srvwarden/registry.d")
      ->type_name("FILE|NAME|none")
      ->allow_extra_args(false)
      ->check(not_empty);
  return option;
}

bool RegistryChoice::load() {
  if (file_ == "none") return true;
  if (!file_.empty()) {
    loaded_ = open_registry(file_);
    if (!loaded_) return false;
  }
  const auto overlays = read_overlays(overlays_);
  if (!overlays) return false;
  if (!overlays->empty()) loaded_ = with_overlays(*registry(), *overlays);
  return true;
}

const Registry* RegistryChoice::registry() const {
  if (file_ == "none") return nullptr;
  return loaded_ ? &*loaded_ : &Registry::builtin();
}

}  // namespace srvwarden::tool
