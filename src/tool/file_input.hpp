// Files as one string, for commands that read whole inputs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <system_error>

namespace srvwarden::tool {

/// Reads a whole file (a pipe or "-" for standard input, too) into `out`.
std::error_code read_file(const std::string& path, std::string& out);

}  // namespace srvwarden::tool
