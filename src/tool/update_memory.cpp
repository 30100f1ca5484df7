// UpdateMemory: four lines of text.
// SPDX-License-Identifier: Apache-2.0
#include "tool/update_memory.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>

#include "tool/file_input.hpp"
#include "tool/file_output.hpp"

namespace srvwarden::tool {
namespace {

constexpr const char* suffix = ".source";

/// The rest of the line that begins with a word, or nothing.
std::string value_of(std::string_view text, std::string_view word) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (line.starts_with(word)) return std::string(line.substr(word.size()));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return {};
}

}  // namespace

std::string fingerprint(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash));
  return digits;
}

UpdateMemory UpdateMemory::load(const std::string& file, std::string_view url,
                                std::string_view text) {
  std::string lines;
  if (read_file(file + suffix, lines)) return {};
  UpdateMemory memory = {value_of(lines, "url: "), value_of(lines, "etag: "),
                         value_of(lines, "last-modified: "), value_of(lines, "table: ")};
  const bool fits = memory.url == url && memory.table == fingerprint(text);
  return fits ? memory : UpdateMemory();
}

bool UpdateMemory::save(const std::string& file) const {
  std::string lines = "# Where `srvwarden registry update` got the file beside this one.\n";
  lines += "url: " + url + "\netag: " + etag + "\nlast-modified: " + last_modified +
           "\ntable: " + table + '\n';
  return !replace_file(file + suffix, lines);
}

}  // namespace srvwarden::tool
