// Files as one string, for commands that read whole inputs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <system_error>

namespace srvwarden::tool {

/// Larger files are refused: no registry and no overlay comes near it.
inline constexpr std::size_t max_file_size = std::size_t{256} << 20;

/// Reads a whole file (a pipe or "-" for standard input, too) into `out`.
std::error_code read_file(const std::string& path, std::string& out);

}  // namespace srvwarden::tool
