// Telling the rows of IANA's plain text apart: cells of several lines are centred in their row.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "registry/formats/text_columns.hpp"

namespace srvwarden::registry {

/// Lines of a block that make up a row.
struct TextRow {
  std::size_t main = 0;  ///< the line with its name, port and transport
  std::size_t top = 0;
  std::size_t height = 0;  ///< lines
  bool sure = true;        ///< no other reading of the block fits as well
};

/// Whether the line has what each row has on one line only: a name, a port or a transport.
bool is_main_line(const TextCells& cells) noexcept;

/// Tells the rows of a block apart: lines, each row of which has one main line, and of which the
/// first and the last belong to no other block.
///
/// A reading gives each row the lines around its main line so that every cell is centred in it and
/// one fills it. Where several do, those are preferred in which no line of a cell could have taken
/// up the next one's first word; then, but unsure, the one with the most even heights.
///
/// @return nothing where no reading fits.
std::optional<std::vector<TextRow>> read_text_rows(std::span<const TextCells> lines,
                                                   const TextColumns& columns);

}  // namespace srvwarden::registry
