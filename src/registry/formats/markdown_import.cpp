// Importing IANA's page as Markdown, or a part of it: tables whose empty cells stand at the end.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "registry/fields.hpp"
#include "registry/formats/excerpt_row.hpp"
#include "registry/formats/formats.hpp"
#include "registry/formats/page_head.hpp"
#include "registry/formats/table_import.hpp"
#include "registry/formats/text_columns.hpp"

namespace srvwarden::registry {
namespace {

constexpr std::string_view contact_title = "Contact Information";

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white_space = " \t\r\n";
  const auto from = text.find_first_not_of(white_space);
  if (from == text.npos) return {};
  return text.substr(from, text.find_last_not_of(white_space) - from + 1);
}

/// The cells of "| a | b |", empty ones too. "\|" is no border.
std::vector<std::string_view> split_cells(std::string_view row) {
  if (row.starts_with('|')) row.remove_prefix(1);
  std::vector<std::string_view> cells;
  std::size_t from = 0;
  for (std::size_t at = 0; at < row.size(); ++at) {
    if (row[at] == '\\') {
      ++at;
      continue;
    }
    if (row[at] != '|') continue;
    cells.push_back(trimmed(row.substr(from, at - from)));
    from = at + 1;
  }
  if (const auto last = trimmed(row.substr(from)); !last.empty()) cells.push_back(last);
  return cells;
}

bool is_heading(std::string_view line) {
  line = trimmed(line);
  if (!line.starts_with('|')) return false;
  const auto cells = split_cells(line);
  if (cells.size() != column_count) return false;
  for (std::size_t i = 0; i < column_count; ++i) {
    if (!is_column_title(i, cells[i])) return false;
  }
  return true;
}

/// "|---|---|"
bool is_rule(std::string_view line) {
  line = trimmed(line);
  return line.starts_with("|-") && line.find_first_not_of("|-: ") == line.npos;
}

class Importer {
 public:
  Importer(std::string text, const ImportSettings& settings) : import_(std::move(text), settings) {}

  Result<RegistryImport, RegistryProblem> run() {
    lines_ = split_lines(import_.source());
    const auto heading = std::find_if(lines_.begin(), lines_.end(), is_heading);
    if (heading == lines_.end()) return import_.refusal(RegistryIssue::bad_header, 0);
    if (const auto date = find_last_updated({lines_.begin(), heading})) {
      edition_ = parse_date(*date);
      if (!edition_ || !*edition_) {
        return import_.refusal(RegistryIssue::bad_edition, offset_of(*date), *date);
      }
    }
    read_lines({heading + 1, lines_.end()});
    if (full_) return import_.refusal(RegistryIssue::too_large, import_.source().size());
    return std::move(import_).finish(edition_);
  }

 private:
  std::size_t offset_of(std::string_view text) const {
    return static_cast<std::size_t>(text.data() - import_.source().data());
  }

  void read_lines(std::span<const std::string_view> lines) {
    bool contacts = false;
    for (const std::string_view line : lines) {
      const std::string_view text = trimmed(line);
      if (text == contact_title) contacts = true;
      if (contacts) {
        if (text.starts_with("| [")) import_.count_contact();
        continue;
      }
      if (text.empty() || is_rule(text)) continue;
      if (row_.empty() || text.starts_with('|')) {
        add_row();
        row_ = text;
      } else {
        row_ = import_.source().substr(offset_of(row_),
                                       offset_of(text) + text.size() - offset_of(row_));
      }
    }
    add_row();
  }

  void add_row() {
    if (row_.empty()) return;
    if (import_.full()) full_ = true;
    if (full_) return;
    import_.start_row(offset_of(row_));
    const auto cells = split_cells(row_);
    ExcerptRow row(import_.source(), row_);
    const auto is_empty = [](std::string_view cell) { return cell.empty(); };
    const auto gap = std::find_if(cells.begin(), cells.end(), is_empty);
    const bool in_place = cells.size() == column_count && !std::all_of(gap, cells.end(), is_empty);
    const auto filled = cells.size() - static_cast<std::size_t>(
                                           std::count_if(cells.begin(), cells.end(), is_empty));
    if (!row_.starts_with('|') || filled > column_count) {
      import_.reject(RegistryIssue::field_count, offset_of(row_), std::to_string(cells.size()));
    } else if (in_place) {
      for (std::size_t i = 0; i < column_count; ++i) {
        if (!cells[i].empty()) row.set(static_cast<Column>(i), cells[i]);
      }
      finish(row);
    } else {
      place({cells.begin(), cells.end()}, row);
      finish(row);
    }
    row_ = {};
  }

  /// Cells that are not empty, in the order of their columns.
  static void place(std::vector<std::string_view> cells, ExcerptRow& row) {
    std::erase_if(cells, [](std::string_view cell) { return cell.empty(); });
    std::size_t at = 0;
    const auto take = [&](Column column) { row.set(column, cells[at++]); };
    if (at < cells.size() && !is_port_cell(cells[at])) take(name);
    if (at < cells.size() && is_port_cell(cells[at])) take(ports);
    if (at < cells.size() && is_transport_cell(cells[at])) take(transport);
    std::string_view title;
    const bool code_possible = row.text(transport) == "dccp";
    if (at < cells.size() && kind_of_piece(cells[at], code_possible) == PieceKind::text) {
      title = cells[at++];
    }
    std::vector<Piece> pieces;
    for (; at < cells.size(); ++at) {
      pieces.push_back({kind_of_piece(cells[at], code_possible), cells[at]});
    }
    row.place(title, pieces, false);
  }

  /// Puts back what Markdown cannot have within a cell: "|", and the line break before the words
  /// that say which name a name replaces.
  void finish(ExcerptRow& row) {
    for (const Column column : {description, unauthorized, notes}) {
      std::string text(row.text(column));
      for (auto at = text.find("\\|"); at != text.npos; at = text.find("\\|", at))
        text.erase(at, 1);
      const auto at = column == description
                          ? text.find(" IANA assigned this well-formed service name")
                          : text.npos;
      if (at != text.npos) text[at] = '\n';
      if (text != row.text(column)) row.set_text(column, import_.keep(std::move(text)));
    }
    row.add_to(import_);
  }

  TableImport import_;
  std::vector<std::string_view> lines_;
  std::string_view row_;  ///< the lines of the row being read
  std::optional<RegistryDate> edition_;
  bool full_ = false;
};

}  // namespace

bool is_markdown(std::string_view text) {
  const auto lines = split_lines(text.substr(0, max_page_head));
  return std::any_of(lines.begin(), lines.end(), is_heading);
}

Result<RegistryImport, RegistryProblem> import_markdown(std::string text,
                                                        const ImportSettings& settings) {
  return Importer(std::move(text), settings).run();
}

}  // namespace srvwarden::registry
