// Editions of the registry in files: read with words for what is wrong.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "srvwarden/registry.hpp"
#include "srvwarden/registry_table.hpp"

namespace srvwarden::tool {

/// "FILE:4:8: a port must be a number ...: "70000" (bad-port, the row is left out)".
std::string described(const std::string& file, const RegistryProblem& problem);

/// Reads an edition in any format; complains where the file is of no use.
///
/// @param file     a path, or - for standard input.
/// @param edition  its day, for files that do not state it; else a date in the path is taken.
/// @param fault    if given, what is wrong with a file that could be read goes there, too.
std::optional<RegistryImport> read_registry_file(const std::string& file,
                                                 std::optional<RegistryDate> edition = {},
                                                 std::optional<RegistryProblem>* fault = nullptr);

/// A registry to ask: a file in any format, "builtin", or "updated" for what `srvwarden registry
/// update` keeps. Complains where it is of no use.
std::optional<Registry> open_registry(const std::string& source);

/// Where `srvwarden registry update` keeps its edition: for root /var/lib/srvwarden/registry.tsv,
/// else $XDG_DATA_HOME/srvwarden/registry.tsv or ~/.local/share/srvwarden/registry.tsv.
std::string updated_registry_path();

}  // namespace srvwarden::tool
