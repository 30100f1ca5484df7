// ExcerptImport: how excerpts of IANA's page are read, whatever their cells look like.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registry/formats/formats.hpp"
#include "registry/formats/table_import.hpp"

namespace srvwarden::registry {

/// Finds the heading, the edition's day before it, and the rows and the contacts below it. What a
/// row is, and what is in it, the form says.
class ExcerptImport {
 public:
  Result<RegistryImport, RegistryProblem> run();

 protected:
  ExcerptImport(std::string text, const ImportSettings& settings)
      : import_(std::move(text), settings) {}
  ~ExcerptImport() = default;

  /// Where a view of the source begins.
  std::size_t offset_of(std::string_view text) const {
    return static_cast<std::size_t>(text.data() - import_.source().data());
  }

  TableImport import_;

 private:
  /// The titles of the columns.
  virtual bool is_heading(std::string_view line) const = 0;
  /// A line of the table that holds nothing.
  virtual bool is_rule(std::string_view line) const = 0;
  virtual bool is_contact(std::string_view line) const = 0;
  /// Whether a line begins a row, or goes on with the one before, `row`.
  virtual bool starts_row(std::string_view line, std::string_view row) = 0;
  /// Reads the lines of a row, which TableImport knows of.
  virtual void read_row(std::string_view row) = 0;

  std::optional<RegistryProblem> read_edition(std::span<const std::string_view> head);
  void read_lines(std::span<const std::string_view> lines);
  void end_row();

  std::string_view row_;  ///< the lines of the row being read
  std::optional<RegistryDate> edition_;
  bool full_ = false;
};

}  // namespace srvwarden::registry
