// The table's own parts, and which reader reads a file.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/registry_table.hpp"

#include <algorithm>
#include <utility>

#include "registry/fields.hpp"
#include "registry/table_builder.hpp"

namespace srvwarden {

void RegistryTable::Free::operator()(Texts* texts) const noexcept { delete texts; }

std::string_view name_of(RegistryIssue issue) noexcept {
  switch (issue) {
    case RegistryIssue::unknown_format:
      return "unknown-format";
    case RegistryIssue::too_large:
      return "too-large";
    case RegistryIssue::bad_header:
      return "bad-header";
    case RegistryIssue::truncated:
      return "truncated";
    case RegistryIssue::bad_markup:
      return "bad-markup";
    case RegistryIssue::unknown_element:
      return "unknown-element";
    case RegistryIssue::unclear_cells:
      return "unclear-cells";
    case RegistryIssue::stray_quote:
      return "stray-quote";
    case RegistryIssue::field_count:
      return "field-count";
    case RegistryIssue::bad_name:
      return "bad-name";
    case RegistryIssue::bad_port:
      return "bad-port";
    case RegistryIssue::bad_transport:
      return "bad-transport";
    case RegistryIssue::bad_text:
      return "bad-text";
    case RegistryIssue::bad_date:
      return "bad-date";
    case RegistryIssue::bad_status:
      return "bad-status";
    case RegistryIssue::bad_service_code:
      return "bad-service-code";
    case RegistryIssue::bad_unauthorized:
      return "bad-unauthorized";
    case RegistryIssue::bad_txt_keys:
      return "bad-txt-keys";
    case RegistryIssue::bad_version:
      return "bad-version";
    case RegistryIssue::bad_edition:
      return "bad-edition";
    case RegistryIssue::not_canonical:
      return "not-canonical";
    case RegistryIssue::name_syntax:
      return "name-syntax";
    case RegistryIssue::unknown_replacement:
      return "unknown-replacement";
    case RegistryIssue::duplicate_row:
      return "duplicate-row";
    case RegistryIssue::address_left_out:
      return "address-left-out";
    case RegistryIssue::prose_left_out:
      return "prose-left-out";
  }
  return "";
}

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
