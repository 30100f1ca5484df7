// Files that are written whole or not at all.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <system_error>

#include "report/standard_output.hpp"

namespace srvwarden::tool {

using report::put;

/// Puts a text in the place of a file. It is written beside it and flushed to the disk first, so
/// that whoever reads the file sees the old text or the new one, and a fault leaves the old one.
/// Owner and permissions of a file that is there stay; a link keeps pointing to it.
std::error_code replace_file(const std::string& path, std::string_view text);

/// replace_file, or put for "-"; complains where that fails.
bool write_output(const std::string& path, std::string_view text);

}  // namespace srvwarden::tool
