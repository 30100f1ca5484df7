// RowChecks: from the twelve cells of IANA's row to a record, or to the reason why it is none.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "registry/formats/source_row.hpp"
#include "registry/hash_index.hpp"
#include "registry/table_builder.hpp"
#include "srvwarden/registry_table.hpp"

namespace srvwarden::registry {

class RowChecks {
 public:
  RowChecks(TableBuilder& builder, RegistryImport& import)
      : builder_(builder), import_(import), rows_(rows_in(builder)), names_(rows_in(builder) / 2) {}

  /// Where the row begins that the next reports are about.
  void start_row(std::size_t offset, std::uint32_t line) {
    row_start_ = offset;
    row_line_ = line;
  }
  void report(RegistryIssue issue, std::size_t offset, bool rejected, std::string_view detail = {});

  /// Adds the row's record to the table, unless a fault rejects it.
  void read(const SourceRow& cells);

  /// Reports the aliases whose replacement no row has.
  void check_replacements();

  /// Whether one more row would be more than a table may hold.
  bool too_many() const {
    return builder_.records().size() >= RegistryTable::max_records ||
           name_count_ >= RegistryTable::max_names;
  }
  /// The newest date of all rows.
  RegistryDate newest() const { return newest_; }

  /// About how many rows the text has, of 80 bytes each.
  static std::size_t rows_in(const TableBuilder& builder) {
    return std::min(builder.source().size() / 78 + 1, RegistryTable::max_records);
  }

 private:
  struct Alias {
    std::string_view replacement;
    Place at;
  };

  /// Adds a problem and, if it is so grave, takes the row back.
  void fault(RegistryIssue issue, const SourceCell& cell, bool rejects);
  RegistryDate date(const SourceCell& cell);
  void read_key(const SourceRow& cells);
  void read_texts(const SourceRow& cells);
  std::string_view txt_keys(std::string_view note);
  void read_title(const SourceCell& cell);
  void read_references(const SourceCell& cell);
  /// Keys of IANA's contact table, which itself is not kept: "[IESG]".
  std::string_view people(const SourceCell& cell);
  void read_status(const SourceRow& cells);
  void read_unauthorized(std::string_view text);
  void check_name(const SourceCell& cell);
  void remember();

  TableBuilder& builder_;
  RegistryImport& import_;
  HashIndex rows_;   ///< by name, ports and transport
  HashIndex names_;  ///< by name
  std::vector<Alias> aliases_;
  std::unordered_map<std::string_view, std::string_view> txt_keys_;  ///< by note
  std::string_view last_note_;
  std::string_view last_txt_keys_;
  std::size_t name_count_ = 0;
  RegistryDate newest_;
  std::size_t row_start_ = 0;
  Place reported_;                       ///< the last
  std::size_t reported_line_start_ = 0;  ///< of its line, or of the row
  std::uint32_t row_line_ = 1;
  RegistryRecord record_;
  std::string_view last_name_;
  bool valid_name_ = false;  ///< of record_
  bool rejected_ = false;
};

}  // namespace srvwarden::registry
