// Finding the columns of a plain text table.
// SPDX-License-Identifier: Apache-2.0
#include "registry/formats/text_columns.hpp"

#include <algorithm>

#include "srvwarden/ascii.hpp"

namespace srvwarden::registry {
namespace {

constexpr bool continues_character(char c) noexcept {
  return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
}

/// The part of the title that stands in the line from `at` on: its first words, as many as match.
std::string_view words_at(std::string_view line, std::size_t at, std::string_view title) {
  for (std::size_t size = title.size(); size != title.npos && size > 0;
       size = title.rfind(' ', size - 1)) {
    const bool ends = at + size >= line.size() || line[at + size] == ' ';
    if (ends && line.substr(std::min(at, line.size()), size) == title.substr(0, size)) {
      return title.substr(0, size);
    }
  }
  return {};
}

std::size_t next_word(std::string_view line, std::size_t at) {
  return std::min(line.find_first_not_of(' ', at), line.size());
}

/// Which character columns are blank in every line, and how many there are.
std::vector<bool> blank_columns(std::span<const std::string_view> rows) {
  std::size_t widest = 0;
  for (const auto line : rows) widest = std::max(widest, line.size());
  std::vector<bool> blank(widest, true);
  std::size_t used = 0;
  for (const auto line : rows) {
    std::size_t column = 0;
    for (const char c : line) {
      if (continues_character(c)) continue;
      if (c != ' ') blank[column] = false;
      ++column;
    }
    used = std::max(used, column);
  }
  blank.resize(used);
  return blank;
}

}  // namespace

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
  }
  return lines;
}

std::string_view trim_spaces(std::string_view text) noexcept {
  const auto from = text.find_first_not_of(' ');
  if (from == text.npos) return text.substr(0, 0);
  return text.substr(from, text.find_last_not_of(' ') - from + 1);
}

std::size_t text_width(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !continues_character(c); }));
}

std::optional<TextColumns::Heading> TextColumns::read_heading(
    std::span<const std::string_view> lines) {
  if (lines.empty()) return {};
  Heading heading;
  const std::string_view first = lines[0], second = lines.size() > 1 ? lines[1] : "";
  std::size_t in_first = 0, in_second = 0;
  for (std::size_t i = 0; i < column_count; ++i) {
    in_first = next_word(first, in_first);
    std::string_view title = column_titles[i];
    std::string_view part = words_at(first, in_first, title);
    if (part.empty() && i == unauthorized) {
      title = old_unauthorized_title;
      part = words_at(first, in_first, title);
    }
    if (part.empty()) return {};
    heading.at[i] = in_first;
    heading.width[i] = part.size();
    in_first += part.size();
    if (part.size() == title.size()) continue;
    heading.lines = 2;
    const std::string_view rest = title.substr(part.size() + 1);
    in_second = next_word(second, in_second);
    if (words_at(second, in_second, rest) != rest) return {};
    in_second += rest.size();
  }
  const bool more = next_word(first, in_first) != first.size() ||
                    (heading.lines == 2 && next_word(second, in_second) != second.size());
  if (more) return {};
  return heading;
}

std::optional<TextColumns> TextColumns::find(const Heading& heading,
                                             std::span<const std::string_view> rows) {
  const std::vector<bool> blank = blank_columns(rows);
  TextColumns columns;
  for (std::size_t i = 0; i + 1 < column_count; ++i) {
    const std::size_t begin = columns.begin_[i];
    // A title that is one character off the middle stands left of it.
    const std::size_t indent = heading.at[i] - std::min(begin, heading.at[i]);
    const std::size_t expected = begin + 2 * indent + heading.width[i];
    std::optional<std::size_t> nearest;
    std::size_t least = 0;
    for (std::size_t at = heading.at[i] + heading.width[i]; at < heading.at[i + 1]; ++at) {
      if (at < blank.size() && !blank[at]) continue;
      const std::size_t distance = at < expected ? 2 * (expected - at) + 1 : 2 * (at - expected);
      if (nearest && distance >= least) continue;
      nearest = at;
      least = distance;
    }
    if (!nearest) return {};
    columns.end_[i] = *nearest;
    columns.begin_[i + 1] = *nearest + 1;
  }
  columns.end_.back() = std::max(blank.size(), columns.begin_.back());
  return columns;
}

TextCells TextColumns::split(std::string_view line) const {
  TextCells cells;
  std::size_t at = 0, character = 0;
  const auto advance_to = [&](std::size_t column) {
    while (at < line.size() && (character < column || continues_character(line[at]))) {
      if (!continues_character(line[at])) ++character;
      ++at;
    }
  };
  const bool ascii_only = std::all_of(line.begin(), line.end(), ascii::is_ascii);
  for (std::size_t i = 0; i < column_count; ++i) {
    if (ascii_only) {
      if (begin_[i] >= line.size()) break;
      cells[i] = trim_spaces(line.substr(begin_[i], end_[i] - begin_[i]));
      continue;
    }
    advance_to(begin_[i]);
    const std::size_t from = at;
    advance_to(end_[i]);
    cells[i] = trim_spaces(line.substr(from, at - from));
  }
  return cells;
}

}  // namespace srvwarden::registry
