// TableImport: what every importer of IANA's formats shares: rows in, a table and its problems out.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "registry/row_checks.hpp"
#include "registry/table_builder.hpp"
#include "srvwarden/registry_table.hpp"

namespace srvwarden::registry {

class TableImport {
 public:
  explicit TableImport(std::string text) : builder_(std::move(text)), checks_(builder_, import_) {
    builder_.reserve(RowChecks::rows_in(builder_));
  }
  TableImport(const TableImport&) = delete;
  TableImport& operator=(const TableImport&) = delete;

  /// The whole file.
  std::string_view source() const noexcept { return builder_.source(); }
  /// Keeps a text that the source does not have as it is: joined, or with escapes read.
  std::string_view keep(std::string text) { return builder_.keep(std::move(text)); }

  /// Begins a row, which starts at source()[offset]; `line` counts from 1. What is reported next is
  /// about this row. Each row is followed by one add or one reject.
  void start_row(std::size_t offset, std::uint32_t line) {
    ++import_.rows_read;
    checks_.start_row(offset, line);
  }
  void add(const SourceRow& row) { checks_.read(row); }
  void reject(RegistryIssue issue, std::size_t offset, std::string_view detail = {}) {
    checks_.report(issue, offset, true, detail);
  }
  /// A doubt about the row, which stays.
  void doubt(RegistryIssue issue, std::size_t offset, std::string_view detail = {}) {
    checks_.report(issue, offset, false, detail);
  }
  /// Whether one more row would be more than a table may hold: then the file is to be refused.
  bool full() const { return checks_.too_many(); }

  /// Entries of the contact table: counted, not kept.
  void count_contact() { ++import_.contacts_read; }

  /// @param edition  the day that the file or its reader states; without it, the newest date of
  ///                 any row is taken.
  RegistryImport finish(std::optional<RegistryDate> edition) &&;

 private:
  RegistryImport import_;
  TableBuilder builder_;
  RowChecks checks_;
};

}  // namespace srvwarden::registry
