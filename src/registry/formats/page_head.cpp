// Reading the head of IANA's page.
// SPDX-License-Identifier: Apache-2.0
#include "registry/formats/page_head.hpp"

#include "registry/formats/text_columns.hpp"

namespace srvwarden::registry {

std::string_view without_list_marker(std::string_view line) noexcept {
  line = trim_spaces(line);
  if (line == "-") return line.substr(1);
  if (line.starts_with("- ")) line.remove_prefix(2);
  return trim_spaces(line);
}

std::optional<std::string_view> find_last_updated(std::span<const std::string_view> lines) {
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (without_list_marker(lines[i]) == "Last Updated") return without_list_marker(lines[i + 1]);
  }
  return {};
}

}  // namespace srvwarden::registry
