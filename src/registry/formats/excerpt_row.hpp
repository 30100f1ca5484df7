// ExcerptRow: a row of IANA's page whose empty cells have vanished, put back by the cells' grammar.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "registry/formats/source_row.hpp"
#include "registry/formats/table_import.hpp"

namespace srvwarden::registry {

/// What a text after a description can be told to be from its form.
enum class PieceKind : std::uint8_t {
  group,   ///< "[A_Smith]", "[RFC1][RFC2]": people or references
  date,    ///< YYYY-MM or YYYY-MM-DD
  number,  ///< a service code, where there may be one
  text,    ///< all else
};

struct Piece {
  PieceKind kind;
  std::string_view text;
};

/// The kind of a text that is one cell, or one part of it.
PieceKind kind_of_piece(std::string_view text, bool code_possible) noexcept;

/// "[A]" or "[A][B]" at the beginning of a text, which ends or goes on with white space; or empty.
std::string_view leading_group(std::string_view text) noexcept;

// None is empty.
bool is_port_cell(std::string_view text) noexcept;  ///< "80" or "6000-6063", and wrong ones
bool is_transport_cell(std::string_view text) noexcept;
bool is_date_cell(std::string_view text) noexcept;

/// Where, in a text of several cells, a report of unauthorized use or a note begins by words that
/// begin them only; or npos.
std::size_t find_note_opening(std::string_view text) noexcept;

/// All texts are views of the source, from which their places are told.
class ExcerptRow {
 public:
  ExcerptRow(std::string_view source, std::string_view row_text);

  void set(Column column, std::string_view text) { row_[column] = {text, offset_of(text)}; }
  void set_text(Column column, std::string_view kept) { row_[column].text = kept; }
  std::string_view text(Column column) const { return row_[column].text; }

  /// Gives the pieces after a description to columns. Each that could belong elsewhere is a doubt.
  ///
  /// @param joined  the description and the first group may be one cell, as they stand side by side
  void place(std::string_view title, std::span<const Piece> pieces, bool joined);
  /// Says that the cell at this text could be another.
  void doubt(std::string_view text) { doubts_.push_back(text); }
  bool has_note() const { return !row_[notes].text.empty() || !row_[unauthorized].text.empty(); }

  void add_to(TableImport& import);

 private:
  std::size_t offset_of(std::string_view text) const {
    return static_cast<std::size_t>(text.data() - source_.data());
  }
  void place_people(std::span<const std::string_view> groups, bool date_follows);
  void place_dates(std::span<const std::string_view> dates);
  void place_remark(std::string_view text);

  std::string_view source_;
  SourceRow row_;
  std::vector<std::string_view> doubts_;
};

}  // namespace srvwarden::registry
