// Importing IANA's plain text: fixed columns, cells of several lines centred in their row.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <span>
#include <utility>

#include "registry/fields.hpp"
#include "registry/formats/formats.hpp"
#include "registry/formats/markup_cell.hpp"
#include "registry/formats/page_head.hpp"
#include "registry/formats/table_import.hpp"
#include "registry/formats/text_columns.hpp"
#include "registry/formats/text_rows.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::registry {
namespace {

/// The last line of the page.
constexpr std::string_view last_line = "Licensing Terms";
constexpr std::size_t max_lines = 4 * RegistryTable::max_records;

using Lines = std::span<const std::string_view>;

/// The first line of the table's heading, or the lines' end. In the page's own text, all titles
/// stand in one line, a space apart.
std::size_t find_heading(Lines lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = trim_spaces(lines[i]);
    if (!line.starts_with("Service Name ")) continue;
    const auto heading = TextColumns::read_heading(lines.subspan(i));
    if ((heading && heading->lines == 2) || line.find("  ") != line.npos) return i;
  }
  return lines.size();
}

/// How the lines of a cell that IANA's XML has in one are joined again. A blank line was a line
/// break there; an item in brackets was one text.
std::string joined(std::span<const TextCells> lines, std::size_t column) {
  const bool items = column == assignee || column == contact || column == references;
  std::string text;
  bool blank = false;
  for (const TextCells& cells : lines) {
    const std::string_view line = cells[column];
    if (!text.empty() && !line.empty()) {
      const bool within_item = text.rfind('[') != text.npos && text.back() != ']';
      const bool next_item = text.back() == ']' && line.front() == '[';
      if (blank || (items && within_item)) {
        text += '\n';
      } else if (!items || !next_item) {
        text += ' ';
      }
    }
    blank = line.empty() && !text.empty();
    text += line;
  }
  return text;
}

class Importer {
 public:
  Importer(std::string text, const ImportSettings& settings) : import_(std::move(text), settings) {}

  Result<RegistryImport, RegistryProblem> run() {
    std::string_view body = import_.source();
    body.remove_prefix(utf8::mark_size(body));
    const auto count = static_cast<std::size_t>(std::count(body.begin(), body.end(), '\n'));
    if (count > max_lines) return import_.refusal(RegistryIssue::too_large, 0);
    all_ = split_lines(body);
    if (!read_frame() || !read_columns() || !read_rows()) return std::move(*fault_);
    count_contacts();
    return std::move(import_).finish(edition_);
  }

 private:
  bool refuse(RegistryIssue issue, std::size_t offset, std::string_view detail = {}) {
    fault_ = import_.refusal(issue, offset, detail);
    return false;
  }

  std::size_t offset_of(std::string_view text) const {
    return static_cast<std::size_t>(text.data() - import_.source().data());
  }

  /// Finds where the table begins and ends, and checks that the text is there to its end.
  bool read_frame() {
    if (!import_.source().ends_with('\n')) {
      return refuse(RegistryIssue::truncated, import_.source().size());
    }
    heading_at_ = find_heading(all_);
    const auto last = std::find_if(all_.rbegin(), all_.rend(),
                                   [](auto line) { return !trim_spaces(line).empty(); });
    const auto title = std::find_if(all_.begin(), all_.end(),
                                    [](auto line) { return trim_spaces(line) == contact_title; });
    if (last == all_.rend() || *last != last_line || title == all_.end()) {
      return refuse(RegistryIssue::truncated, import_.source().size());
    }
    contacts_at_ = static_cast<std::size_t>(title - all_.begin());
    const auto date = find_last_updated(Lines(all_).first(heading_at_));
    if (!date) return true;
    edition_ = parse_date(*date);
    if (edition_ && *edition_) return true;
    return refuse(RegistryIssue::bad_edition, offset_of(*date), *date);
  }

  bool read_columns() {
    const auto table = Lines(all_).first(contacts_at_).subspan(std::min(heading_at_, contacts_at_));
    const auto heading = TextColumns::read_heading(table);
    if (!heading) {
      return refuse(RegistryIssue::bad_header, table.empty() ? 0 : offset_of(table[0]));
    }
    rows_ = table.subspan(heading->lines);
    while (!rows_.empty() && trim_spaces(rows_.back()).empty())
      rows_ = rows_.first(rows_.size() - 1);
    const auto columns = TextColumns::find(*heading, rows_);
    if (!columns) return refuse(RegistryIssue::bad_header, offset_of(table[0]));
    columns_ = *columns;
    return true;
  }

  /// Two main lines, one below the other, are of two rows: between them, one block ends and the
  /// next begins.
  bool read_rows() {
    std::vector<TextCells> block;
    bool main_before = false;
    for (const std::string_view line : rows_) {
      const TextCells cells = columns_.split(line);
      const bool main = is_main_line(cells);
      if (main && main_before && !read_block(std::exchange(block, {}))) return false;
      block.push_back(cells);
      main_before = main;
    }
    return block.empty() || read_block(block);
  }

  bool read_block(std::span<const TextCells> block) {
    const auto rows = read_text_rows(block, columns_);
    if (!rows) return reject_block(block);
    for (const TextRow& row : *rows) {
      if (!add(block.subspan(row.top, row.height), row)) return false;
    }
    return true;
  }

  /// Where no way to tell the rows apart fits, each is left out; lines without any, as one.
  bool reject_block(std::span<const TextCells> block) {
    const bool none = std::none_of(block.begin(), block.end(), is_main_line);
    for (std::size_t i = 0; i < block.size(); ++i) {
      if (!is_main_line(block[i]) && !(none && i == 0)) continue;
      if (import_.full()) return refuse(RegistryIssue::too_large, first_offset(block[i]));
      import_.start_row(first_offset(block[i]));
      import_.reject(RegistryIssue::unclear_cells, first_offset(block[i]));
    }
    return true;
  }

  std::size_t first_offset(const TextCells& cells) const {
    const auto cell = std::find_if(cells.begin(), cells.end(), [](auto c) { return !c.empty(); });
    return cell == cells.end() ? 0 : offset_of(*cell);
  }

  bool add(std::span<const TextCells> lines, const TextRow& row) {
    const std::size_t start = first_offset(lines[0]);
    if (import_.full()) return refuse(RegistryIssue::too_large, start);
    import_.start_row(start);
    const TextCells& main = lines[row.main - row.top];
    if (!row.sure) {
      import_.doubt(RegistryIssue::unclear_cells, first_offset(main), main[description]);
    }
    SourceRow cells;
    for (std::size_t i = 0; i < column_count; ++i) cells[i] = cell(lines, i, start);
    cells[references].text = without_draft_sections(cells[references].text, import_);
    import_.add(cells);
    return true;
  }

  SourceCell cell(std::span<const TextCells> lines, std::size_t column, std::size_t row_at) {
    const auto filled = [&](const TextCells& cells) { return !cells[column].empty(); };
    const auto first = std::find_if(lines.begin(), lines.end(), filled);
    if (first == lines.end()) return {{}, row_at};
    const std::size_t at = offset_of((*first)[column]);
    if (std::none_of(first + 1, lines.end(), filled)) return {(*first)[column], at};
    return {import_.keep(joined(lines, column)), at};
  }

  /// Each begins with its key. The table ends with a blank line.
  void count_contacts() {
    bool within = false;
    for (const std::string_view line : Lines(all_).subspan(contacts_at_)) {
      if (within && trim_spaces(line).empty()) break;
      if (!line.starts_with('[')) continue;
      within = true;
      import_.count_contact();
    }
  }

  TableImport import_;
  std::vector<std::string_view> all_;
  std::size_t heading_at_ = 0;   ///< line
  std::size_t contacts_at_ = 0;  ///< line
  Lines rows_;
  TextColumns columns_;
  std::optional<RegistryDate> edition_;
  std::optional<RegistryProblem> fault_;
};

}  // namespace

bool is_text(std::string_view text) {
  const auto lines = split_lines(text.substr(0, max_page_head));
  return find_heading(lines) < lines.size();
}

Result<RegistryImport, RegistryProblem> import_text(std::string text,
                                                    const ImportSettings& settings) {
  return Importer(std::move(text), settings).run();
}

}  // namespace srvwarden::registry
