// The subcommands of `srvwarden registry`.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "tool/command.hpp"

namespace srvwarden::tool {

// Each adds one subcommand, which sets `action` when it is chosen.
void add_registry_show(CLI::App& registry, Action& action);
void add_registry_port(CLI::App& registry, Action& action);
void add_registry_search(CLI::App& registry, Action& action);
void add_registry_list(CLI::App& registry, Action& action);
void add_registry_stats(CLI::App& registry, Action& action);
void add_registry_import(CLI::App& registry, Action& action);
void add_registry_export(CLI::App& registry, Action& action);
void add_registry_verify(CLI::App& registry, Action& action);
void add_registry_diff(CLI::App& registry, Action& action);
void add_registry_update(CLI::App& registry, Action& action);
void add_registry_underscored(CLI::App& registry, Action& action);

/// --format text|json.
void add_format(CLI::App& command, std::string& format);

/// "ipp" of "_ipp", "_ipp._tcp", "ipp.tcp" and "_ipp._tcp.local."; any other word is itself.
std::string_view name_within(const Registry& registry, std::string_view wanted);

/// Loads the registry and complains where there is none, as for `--registry none`.
///
/// @return  Exit::clean, or why the command ends.
Exit load_some(RegistryChoice& choice);

}  // namespace srvwarden::tool
