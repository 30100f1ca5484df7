// The grammar of IANA's cells.
// SPDX-License-Identifier: Apache-2.0
#include "registry/formats/excerpt_row.hpp"

#include <algorithm>
#include <array>

#include "core/trim.hpp"
#include "registry/fields.hpp"
#include "registry/formats/markup_cell.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::registry {
namespace {

bool starts_folded(std::string_view text, std::string_view prefix) noexcept {
  return text.size() >= prefix.size() && ascii::equal(text.substr(0, prefix.size()), prefix);
}

std::size_t find_folded(std::string_view text, std::string_view words) noexcept {
  for (std::size_t at = 0; at + words.size() <= text.size(); ++at) {
    if (starts_folded(text.substr(at), words)) return at;
  }
  return text.npos;
}

bool all_digits(std::string_view text) noexcept {
  return !text.empty() && std::all_of(text.begin(), text.end(), ascii::is_digit);
}

/// Whether the first item can be no key of a person: an RFC, a draft, a footnote, a URI, prose.
bool is_reference(std::string_view group) noexcept {
  const std::string_view item = group.substr(1, std::min(group.find(']'), group.size()) - 1);
  const bool rfc =
      item.starts_with("RFC") && item.size() > 3 && (ascii::is_digit(item[3]) || item[3] == '-');
  return rfc || item.starts_with("draft-") || all_digits(item) ||
         item.find_first_of(" :/\n") != item.npos;
}

/// How far "Known Unauthorized Use on port 80" goes, or 0 for another text.
std::size_t unauthorized_size(std::string_view text) noexcept {
  const auto from = text.find_first_of("0123456789");
  const bool opens = starts_folded(text, "known unauthorized use") ||
                     starts_folded(text, "unauthorized use known");
  if (!opens || from == text.npos) return 0;
  std::size_t end = std::min(text.find_first_not_of("0123456789", from), text.size());
  constexpr std::string_view more = " and ";
  if (text.substr(end).starts_with(more)) {
    const auto next =
        std::min(text.find_first_not_of("0123456789", end + more.size()), text.size());
    if (next > end + more.size()) end = next;
  }
  return end;
}

/// Words that open a report of unauthorized use or a note, and nothing else that was ever seen.
constexpr std::array openings = std::to_array<std::string_view>({
    "known unauthorized use",
    "unauthorized use known",
    "defined txt key",
    "this entry is an alias to",
    "this is a duplicate of the",
    "not a service type",
});

}  // namespace

std::string_view leading_group(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at < text.size() && text[at] == '[') {
    const auto end = text.find(']', at);
    if (end == text.npos || end == at + 1) return {};
    at = end + 1;
  }
  const bool ends = at == text.size() || white_space.find(text[at]) != white_space.npos;
  return ends ? text.substr(0, at) : std::string_view();
}

bool is_port_cell(std::string_view text) noexcept {
  const auto dash = std::min(text.find('-'), text.size());
  const bool range = dash == text.size() || all_digits(text.substr(dash + 1));
  return all_digits(text.substr(0, dash)) && range && !is_date_cell(text);
}
bool is_transport_cell(std::string_view text) noexcept {
  return !text.empty() && parse_transport(text).has_value();
}
bool is_date_cell(std::string_view text) noexcept {
  return !text.empty() && parse_date(text).has_value();
}

PieceKind kind_of_piece(std::string_view text, bool code_possible) noexcept {
  if (is_date_cell(text)) return PieceKind::date;
  if (code_possible && all_digits(text)) return PieceKind::number;
  const bool group = !text.empty() && leading_group(text).size() == text.size();
  return group ? PieceKind::group : PieceKind::text;
}

std::size_t find_note_opening(std::string_view text) noexcept {
  std::size_t first = text.npos;
  for (const std::string_view words : openings) first = std::min(first, find_folded(text, words));
  return first;
}

ExcerptRow::ExcerptRow(std::string_view source, std::string_view row_text) : source_(source) {
  for (SourceCell& cell : row_) cell.at = offset_of(row_text);
}

void ExcerptRow::place(std::string_view title, std::span<const Piece> pieces, bool joined) {
  std::vector<std::string_view> groups, dates, later;
  for (const Piece& piece : pieces) {
    if (piece.kind == PieceKind::group) {
      (dates.empty() ? groups : later).push_back(piece.text);
    } else if (piece.kind == PieceKind::date) {
      dates.push_back(piece.text);
    } else if (piece.kind == PieceKind::number && row_[service_code].text.empty()) {
      set(service_code, piece.text);
    } else {
      place_remark(piece.text);
    }
  }
  // "File Transfer [Default Data] [A_Smith] [A_Smith]"
  const std::size_t most = !groups.empty() && is_reference(groups.back()) ? 3 : 2;
  while (joined && groups.size() > most) {
    doubt(groups.front());
    const std::string_view group = groups.front();
    const std::size_t from = title.empty() ? offset_of(group) : offset_of(title);
    title = source_.substr(from, offset_of(group) + group.size() - from);
    groups.erase(groups.begin());
  }
  if (!title.empty()) set(description, title);
  place_people(groups, !dates.empty());
  place_dates(dates);
  for (const std::string_view group : later) {
    if (!row_[references].text.empty()) doubt(group);
    if (row_[references].text.empty()) set(references, group);
  }
}

/// Groups before any date: assignee and contact, then references unless a date is still to come.
void ExcerptRow::place_people(std::span<const std::string_view> groups, bool date_follows) {
  const bool last_refers = !groups.empty() && is_reference(groups.back());
  const bool prose = last_refers && groups.back().find(' ') != groups.back().npos;
  // "Unassigned [was netstat]"
  if (groups.size() == 1 && prose) doubt(groups[0]);
  if (last_refers && !date_follows) {
    set(references, groups.back());
    groups = groups.first(groups.size() - 1);
  }
  constexpr std::array columns = {assignee, contact, references};
  const bool plain = groups.empty() ||
                     (groups.size() == 2 && !is_reference(groups[0]) && !is_reference(groups[1]));
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (!plain) doubt(groups[i]);
    if (i < columns.size() && row_[columns[i]].text.empty()) set(columns[i], groups[i]);
  }
}

/// A date alone may be either. Rows with people mostly have that of their registration, others that
/// of their last change.
void ExcerptRow::place_dates(std::span<const std::string_view> dates) {
  for (std::size_t i = 2; i < dates.size(); ++i) doubt(dates[i]);
  if (dates.empty()) return;
  if (dates.size() > 1) {
    set(registered, dates[0]);
    set(modified, dates[1]);
    return;
  }
  doubt(dates[0]);
  set(row_[contact].text.empty() ? modified : registered, dates[0]);
}

void ExcerptRow::place_remark(std::string_view text) {
  const std::size_t size = text == "yes" ? text.size() : unauthorized_size(text);
  if (size > 0 && row_[unauthorized].text.empty() && row_[notes].text.empty()) {
    set(unauthorized, text.substr(0, size));
    text.remove_prefix(std::min(text.find_first_not_of(white_space, size), text.size()));
    if (text.empty()) return;
    doubt(text);
  }
  if (!row_[notes].text.empty()) return doubt(text);
  for (const std::string_view words : {"unauthorized", "unofficial", "used", "pending"}) {
    if (size == 0 && find_note_opening(text) != 0 && find_folded(text, words) != text.npos) {
      doubt(text);
      break;
    }
  }
  set(notes, text);
}

void ExcerptRow::add_to(TableImport& import) {
  for (const std::string_view text : doubts_) {
    import.doubt(RegistryIssue::unclear_cells, offset_of(text), text);
  }
  row_[references].text = without_draft_sections(row_[references].text, import);
  import.add(row_);
}

}  // namespace srvwarden::registry
