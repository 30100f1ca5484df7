// Importing the text of IANA's page, or a part of it: cells a space apart, empty ones gone.
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
#include "registry/formats/notes.hpp"
#include "registry/formats/page_head.hpp"
#include "registry/formats/table_import.hpp"
#include "registry/formats/text_columns.hpp"
#include "registry/service_name_syntax.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::registry {
namespace {

constexpr std::string_view replacement_line = "IANA assigned this well-formed service name";

bool is_page_heading(std::string_view line) {
  line = trim_spaces(line);
  for (std::size_t i = 0; i < column_count; ++i) {
    const auto title = i == unauthorized && line.starts_with(old_unauthorized_title)
                           ? old_unauthorized_title
                           : column_titles[i];
    if (!line.starts_with(title)) return false;
    line.remove_prefix(title.size());
    if (i + 1 == column_count) return line.empty();
    if (!line.starts_with(' ')) return false;
    line.remove_prefix(1);
  }
  return false;
}

/// Takes the first word off a text.
std::string_view take_word(std::string_view& text) {
  const auto end = std::min(text.find_first_of(white_space), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(text.find_first_not_of(white_space, end), text.size()));
  return word;
}

/// What a row begins with.
struct Head {
  std::string_view name, ports, transport;
  std::string_view rest;
};

Head read_head(std::string_view text) {
  Head head;
  std::string_view rest = text;
  std::string_view word = take_word(rest);
  if (!is_port_cell(word)) {
    head.name = word;
    text = rest;
    word = take_word(rest);
  }
  if (is_port_cell(word)) {
    head.ports = word;
    text = rest;
    word = take_word(rest);
  }
  if (is_transport_cell(word)) {
    head.transport = word;
    text = rest;
  }
  head.rest = text;
  return head;
}

/// Letters, digits and what historic names have beside the hyphen.
bool may_be_name(std::string_view word) {
  return !word.empty() && word.size() <= 40 && std::all_of(word.begin(), word.end(), [](char c) {
    return ascii::is_alphanumeric(c) ||
           std::string_view("-_.+/*").find(c) != std::string_view::npos;
  });
}

/// Where the description ends: at a group, a date or words that open a note.
std::size_t find_pieces(std::string_view text) {
  const std::size_t opening = find_note_opening(text);
  for (std::size_t at = 0; at < std::min(opening, text.size());) {
    const std::string_view rest = text.substr(at);
    const auto end = std::min(rest.find_first_of(white_space), rest.size());
    if (!leading_group(rest).empty() || is_date_cell(rest.substr(0, end))) return at;
    at += std::min(rest.find_first_not_of(white_space, end), rest.size());
  }
  return std::min(opening, text.size());
}

std::vector<Piece> split_pieces(std::string_view text, bool code_possible) {
  std::vector<Piece> pieces;
  while (!text.empty()) {
    std::string_view piece = leading_group(text);
    if (piece.empty()) piece = text.substr(0, text.find_first_of(white_space));
    PieceKind kind = kind_of_piece(piece, code_possible);
    if (kind == PieceKind::text) piece = text;
    pieces.push_back({kind, piece});
    if (kind == PieceKind::text) break;
    text.remove_prefix(std::min(text.find_first_not_of(white_space, piece.size()), text.size()));
  }
  return pieces;
}

class Importer final : public ExcerptImport {
 public:
  Importer(std::string text, const ImportSettings& settings)
      : ExcerptImport(std::move(text), settings) {}

 private:
  bool is_heading(std::string_view line) const override { return is_page_heading(line); }
  bool is_rule(std::string_view) const override { return false; }
  bool is_contact(std::string_view line) const override { return line.starts_with('['); }

  /// Whether a line begins a row, or goes on with a description or note of the one before.
  bool starts_row(std::string_view line, std::string_view row) override {
    if (line.starts_with('[') || line.starts_with(replacement_line)) return false;
    const Head head = read_head(line);
    if (head.name.empty()) return true;
    if (!may_be_name(head.name)) return false;
    if (!head.ports.empty() || !head.transport.empty()) return true;
    if (has_people(head.rest)) return true;
    // A line of words: a name with a description, or more of a note.
    doubts_.push_back(line.substr(0, head.name.size()));
    const bool opens_note = find_note_opening(head.rest) != head.rest.npos;
    return opens_note || (!head.rest.empty() && !parsed(row).has_note());
  }

  static bool has_people(std::string_view rest) {
    const std::string_view from = rest.substr(find_pieces(rest));
    const auto pieces = split_pieces(from, false);
    return pieces.size() > 1 && pieces[0].kind == PieceKind::group &&
           pieces[1].kind == PieceKind::group;
  }

  ExcerptRow parsed(std::string_view text) const {
    ExcerptRow row(import_.source(), text);
    const Head head = read_head(text);
    if (!head.name.empty()) row.set(name, head.name);
    if (!head.ports.empty()) row.set(ports, head.ports);
    if (!head.transport.empty()) row.set(transport, head.transport);
    // "boe-cms 6400 Business Objects": the number could begin the description.
    if (!head.name.empty() && !head.ports.empty() && head.transport.empty()) row.doubt(head.ports);
    const std::size_t end = find_pieces(head.rest);
    const auto pieces = split_pieces(head.rest.substr(end), head.transport == "dccp");
    const std::string_view title = trimmed(head.rest.substr(0, end));
    row.place(title, pieces, true);
    if (may_hold_note(head, title)) row.doubt(title);
    return row;
  }

  /// A row without a name says "Unassigned" or "Reserved"; more words could be a note. So could be
  /// words that begin as no description does.
  static bool may_hold_note(const Head& head, std::string_view title) {
    if (title.empty()) return false;
    if (!head.name.empty()) return title.front() == '<';
    const auto status = status_of_port(title);
    const bool usual = status == RegistryStatus::unassigned || status == RegistryStatus::reserved;
    return usual && !ascii::equal(title, name_of(*status));
  }

  void read_row(std::string_view text) override {
    ExcerptRow row = parsed(text);
    for (auto at = doubts_.begin(); at != doubts_.end();) {
      const bool within = offset_of(*at) < offset_of(text) + text.size();
      if (within) row.doubt(*at);
      at = within ? doubts_.erase(at) : at + 1;
    }
    row.add_to(import_);
  }

  std::vector<std::string_view> doubts_;  ///< about where rows begin
};

}  // namespace

bool is_page(std::string_view text) {
  const auto lines = split_lines(text.substr(0, max_page_head));
  return std::any_of(lines.begin(), lines.end(), is_page_heading);
}

Result<RegistryImport, RegistryProblem> import_page(std::string text,
                                                    const ImportSettings& settings) {
  return Importer(std::move(text), settings).run();
}

}  // namespace srvwarden::registry
