// SourceRow: a row of IANA's table as every format gives it, before it becomes a record.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>

#include "srvwarden/registry_record.hpp"

namespace srvwarden::registry {

/// The columns of IANA's table, in the order of its CSV.
enum Column : std::size_t {
  name,
  ports,
  transport,
  description,
  assignee,
  contact,
  registered,
  modified,
  references,
  service_code,
  unauthorized,
  notes,
};
inline constexpr std::size_t column_count = notes + 1;

/// What IANA writes over them.
inline constexpr std::array<std::string_view, column_count> column_titles = {
    "Service Name", "Port Number",  "Transport Protocol",        "Description",
    "Assignee",     "Contact",      "Registration Date",         "Modification Date",
    "Reference",    "Service Code", "Unauthorized Use Reported", "Assignment Notes",
};
/// What editions before 2022 call the column.
inline constexpr std::string_view old_unauthorized_title = "Known Unauthorized Uses";

constexpr bool is_column_title(std::size_t column, std::string_view text) noexcept {
  return text == column_titles[column] ||
         (column == unauthorized && text == old_unauthorized_title);
}

/// A cell's text as the CSV has it (people and references in brackets: "[IESG]", "[RFC6335]"), and
/// where in the source it begins. The text is a view of the source or of what TableBuilder::keep
/// keeps.
struct SourceCell {
  std::string_view text;
  std::size_t at = 0;
};

using SourceRow = std::array<SourceCell, column_count>;

/// What the reader of a file asks of an import.
struct ImportSettings {
  std::optional<RegistryDate> edition;            ///< for files that do not state theirs
  std::function<void(const SourceRow&)> see_row;  ///< called with each row before it is checked
};

}  // namespace srvwarden::registry
