// Regions: where spans stand in a text, in the lines and columns that other programs count.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "srvwarden/finding.hpp"

namespace srvwarden::report {

/// Lines and columns count from 1; columns are UTF-16 code units; the end is behind the last one.
struct Region {
  std::size_t line = 1;
  std::size_t column = 1;
  std::size_t end_line = 1;
  std::size_t end_column = 1;

  friend constexpr bool operator==(const Region&, const Region&) = default;
};

/// The lines of a text, which must outlive it. Made in linear time; a region takes about as long
/// wherever it is, however long its line. A byte order mark in front has no column.
class Regions {
 public:
  explicit Regions(std::string_view text);

  /// Offsets beyond the end are the end. Of bytes that are not UTF-8, those that continue a
  /// character have no column of their own.
  Region operator()(Span span) const;
  /// A line without its line break.
  std::string_view line(std::size_t number) const;

 private:
  struct Position {
    std::size_t line;
    std::size_t column;
  };

  Position position(std::size_t offset) const;
  /// UTF-16 code units before an offset.
  std::size_t units(std::size_t offset) const;

  std::string_view text_;
  std::vector<std::size_t> line_starts_;
  std::vector<std::size_t> units_;  // before each block
};

}  // namespace srvwarden::report
