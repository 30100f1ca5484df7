// TextColumns: where the columns of IANA's plain text stand, from its headings.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "registry/formats/source_row.hpp"

namespace srvwarden::registry {

/// Lines without their line breaks, as views of the source.
std::vector<std::string_view> split_lines(std::string_view text);

std::string_view trim_spaces(std::string_view text) noexcept;

/// Characters, not bytes: what a column of a text counts.
std::size_t text_width(std::string_view text) noexcept;

using TextCells = std::array<std::string_view, column_count>;

class TextColumns {
 public:
  /// Where the titles of all columns stand in a heading of one or two lines.
  struct Heading {
    std::array<std::size_t, column_count> at{};     ///< of the part in the first line
    std::array<std::size_t, column_count> width{};  ///< the same part's
    std::size_t lines = 1;
  };
  /// The heading that these lines start with, or nothing.
  static std::optional<Heading> read_heading(std::span<const std::string_view> lines);

  /// Columns are a blank apart, and each title stands in the middle of its own.
  ///
  /// @return nothing where no blank runs down all rows between two titles.
  static std::optional<TextColumns> find(const Heading& heading,
                                         std::span<const std::string_view> rows);

  /// The line's cells, without the spaces around them.
  TextCells split(std::string_view line) const;
  /// How many characters the column is wide.
  std::size_t width(std::size_t column) const { return end_[column] - begin_[column]; }

 private:
  std::array<std::size_t, column_count> begin_{};  ///< in characters from the line's start
  std::array<std::size_t, column_count> end_{};
};

}  // namespace srvwarden::registry
