// TableImport: what every importer of IANA's formats shares: rows in, a table and its problems out.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "registry/formats/row_checks.hpp"
#include "registry/table_builder.hpp"
#include "srvwarden/registry_table.hpp"

namespace srvwarden::registry {

class TableImport {
 public:
  /// The settings must outlive the import.
  TableImport(std::string text, const ImportSettings& settings)
      : settings_(settings), builder_(std::move(text)), checks_(builder_, import_) {
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
  /// The same for rows that come in the source's order: counts the lines itself.
  void start_row(std::size_t offset);
  void add(const SourceRow& row) {
    if (settings_.see_row) settings_.see_row(row);
    checks_.read(row);
  }
  void reject(RegistryIssue issue, std::size_t offset, std::string_view detail = {}) {
    checks_.report(issue, offset, true, detail);
  }
  /// A doubt about the row, which stays.
  void doubt(RegistryIssue issue, std::size_t offset, std::string_view detail = {}) {
    checks_.report(issue, offset, false, detail);
  }
  /// Whether one more row would be more than a table may hold: then the file is to be refused.
  bool full() const { return checks_.too_many(); }

  /// Why the whole file is refused.
  RegistryProblem refusal(RegistryIssue issue, std::size_t offset,
                          std::string_view detail = {}) const {
    return {issue, place_in(source(), 0, 1, offset), true, shorten(detail)};
  }

  /// Entries of the contact table: counted, not kept.
  void count_contact() { ++import_.contacts_read; }

  /// @param stated  the edition's day, where the file states it; else it is the settings', and
  ///                without one, the newest date of any row.
  RegistryImport finish(std::optional<RegistryDate> stated = {}) &&;

 private:
  const ImportSettings& settings_;
  RegistryImport import_;
  TableBuilder builder_;
  RowChecks checks_;
  std::size_t counted_ = 0;  ///< where the last row began whose line was counted
  std::uint32_t line_ = 1;
};

}  // namespace srvwarden::registry
