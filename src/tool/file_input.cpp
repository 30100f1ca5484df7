// Files as one string.
// SPDX-License-Identifier: Apache-2.0
#include "tool/file_input.hpp"

#include <cerrno>
#include <cstdio>
#include <memory>

namespace srvwarden::tool {

std::error_code read_file(const std::string& path, std::string& out) {
  const auto last_error = [] { return std::error_code(errno, std::generic_category()); };
  const bool standard_input = path == "-";
  std::FILE* const file = standard_input ? stdin : std::fopen(path.c_str(), "rb");
  if (file == nullptr) return last_error();
  const auto close = [](std::FILE* opened) {
    if (opened != stdin) std::fclose(opened);
  };
  const std::unique_ptr<std::FILE, decltype(close)> owner(file, close);
  out.clear();
  char block[65536];
  while (const std::size_t got = std::fread(block, 1, sizeof block, file)) {
    if (out.size() + got > max_file_size) return std::make_error_code(std::errc::file_too_large);
    out.append(block, got);
  }
  return std::ferror(file) != 0 ? last_error() : std::error_code();
}

}  // namespace srvwarden::tool
