// Importing IANA's page as Markdown, or a part of it: tables whose empty cells stand at the end.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/trim.hpp"
#include "registry/fields.hpp"
#include "registry/formats/excerpt_import.hpp"
#include "registry/formats/excerpt_row.hpp"
#include "registry/formats/formats.hpp"
#include "registry/formats/page_head.hpp"
#include "registry/formats/table_import.hpp"
#include "registry/formats/text_columns.hpp"

namespace srvwarden::registry {
namespace {

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

bool is_markdown_heading(std::string_view line) {
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
bool is_table_rule(std::string_view line) {
  line = trimmed(line);
  return line.starts_with("|-") && line.find_first_not_of("|-: ") == line.npos;
}

class Importer final : public ExcerptImport {
 public:
  Importer(std::string text, const ImportSettings& settings)
      : ExcerptImport(std::move(text), settings) {}

 private:
  bool is_heading(std::string_view line) const override { return is_markdown_heading(line); }
  bool is_rule(std::string_view line) const override { return is_table_rule(line); }
  bool is_contact(std::string_view line) const override { return line.starts_with("| ["); }
  bool starts_row(std::string_view line, std::string_view) override {
    return line.starts_with('|');
  }

  void read_row(std::string_view text) override {
    const auto cells = split_cells(text);
    ExcerptRow row(import_.source(), text);
    const auto is_empty = [](std::string_view cell) { return cell.empty(); };
    const auto gap = std::find_if(cells.begin(), cells.end(), is_empty);
    const bool in_place = cells.size() == column_count && !std::all_of(gap, cells.end(), is_empty);
    const auto filled = cells.size() - static_cast<std::size_t>(
                                           std::count_if(cells.begin(), cells.end(), is_empty));
    if (!text.starts_with('|') || filled > column_count) {
      import_.reject(RegistryIssue::field_count, offset_of(text), std::to_string(cells.size()));
    } else if (in_place) {
      for (std::size_t i = 0; i < column_count; ++i) {
        if (!cells[i].empty()) row.set(static_cast<Column>(i), cells[i]);
      }
      finish(row);
    } else {
      place({cells.begin(), cells.end()}, row);
      finish(row);
    }
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
};

}  // namespace

bool is_markdown(std::string_view text) {
  const auto lines = split_lines(text.substr(0, max_page_head));
  return std::any_of(lines.begin(), lines.end(), is_markdown_heading);
}

Result<RegistryImport, RegistryProblem> import_markdown(std::string text,
                                                        const ImportSettings& settings) {
  return Importer(std::move(text), settings).run();
}

}  // namespace srvwarden::registry
