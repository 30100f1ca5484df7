// The table's own parts.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/registry_table.hpp"

#include <algorithm>
#include <utility>

#include "registry/fields.hpp"
#include "registry/table_builder.hpp"

namespace srvwarden {

void RegistryTable::Free::operator()(Texts* texts) const noexcept { delete texts; }

namespace registry {

TableBuilder::TableBuilder(std::string source) {
  table_.texts_.reset(new RegistryTable::Texts{std::move(source), {}});
}

Place place_in(std::string_view source, std::size_t line_start, std::uint32_t line,
               std::size_t offset) noexcept {
  Place place{offset, line, 1};
  for (auto at = source.find('\n', line_start); at < offset; at = source.find('\n', at + 1)) {
    ++place.line;
    line_start = at + 1;
  }
  place.column = static_cast<std::uint32_t>(offset - line_start + 1);
  return place;
}

std::string shorten(std::string_view text) { return std::string(text.substr(0, 60)); }

}  // namespace registry
}  // namespace srvwarden
