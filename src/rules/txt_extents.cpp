// Extents of TXT strings, as the file's own text shows them.
// SPDX-License-Identifier: Apache-2.0
#include "rules/txt_extents.hpp"

#include <algorithm>

#include "core/lines.hpp"

namespace srvwarden::rules {
namespace {

constexpr std::string_view blanks = " \t";

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// <txt-record>...</txt-record> around a text without markup of its own.
std::optional<Span> element_around(std::string_view text, Span inside) {
  const std::size_t open = inside.offset == 0 ? text.npos : text.rfind('<', inside.offset - 1);
  const std::size_t end = inside.offset + inside.length;
  constexpr std::string_view close = "</txt-record>";
  if (open == text.npos || !text.substr(open).starts_with("<txt-record") ||
      text.find('>', open) + 1 != inside.offset || !text.substr(end).starts_with(close) ||
      text.substr(inside.offset, inside.length).find('<') != text.npos) {
    return {};
  }
  return Span{open, end + close.size() - open};
}

/// The word of a systemd assignment, with the quotes around the whole of it.
std::optional<Span> word_around(std::string_view text, Span inside) {
  std::size_t begin = inside.offset;
  std::size_t end = begin + inside.length;
  const auto is_quote = [&](std::size_t i) {
    return i < text.size() && (text[i] == '"' || text[i] == '\'');
  };
  if (inside.length == 0) {  // "" begins here
    if (!is_quote(begin) || begin + 1 >= text.size() || text[begin + 1] != text[begin]) return {};
    end = begin + 2;
  } else if (begin > 0 && is_quote(begin - 1) && end < text.size() &&
             text[end] == text[begin - 1]) {
    --begin;
    ++end;
  }
  const bool starts = begin > 0 && (is_blank(text[begin - 1]) || text[begin - 1] == '=');
  const bool ends =
      end == text.size() || is_blank(text[end]) || text[end] == '\n' || text[end] == '\r';
  const bool one_line = text.substr(begin, end - begin).find('\n') == std::string_view::npos;
  if (!starts || !ends || !one_line) return {};
  return Span{begin, end - begin};
}

/// Of "TxtText=a b", a removed word takes its blanks along; a line whose only word goes, goes too.
std::optional<Span> removal_of_word(std::string_view text, Span word) {
  std::size_t begin = word.offset;
  std::size_t end = begin + word.length;
  const std::size_t start = line_start(text, begin);
  const std::size_t stop = line_end(text, end);
  const bool first = text[begin - 1] == '=';
  if (first) {
    end = std::min(text.find_first_not_of(blanks, end), text.size());
  } else {
    begin = text.find_last_not_of(blanks, begin - 1) + 1;
    if (begin <= start) return {};  // a continued line
  }
  const std::string_view rest = text.substr(end, stop - end);
  const bool alone = (first || text[begin - 1] == '=') && (rest.empty() || rest == "\r");
  if (!alone) return Span{begin, end - begin};
  const bool continues = start > 1 && text[start - 2] == '\\';
  if (continues || text.substr(start, begin - start).find('=') == text.npos) return {};
  return Span{start, std::min(stop + 1, text.size()) - start};
}

}  // namespace

TxtExtents::TxtExtents(const Definition& definition, std::string_view text)
    : format_(definition.format), text_(text) {
  for (const ServiceDefinition& service : definition.services) {
    for (std::size_t i = 0; i < service.txt.size(); ++i) strings_.push_back({&service, i});
  }
  std::ranges::stable_sort(strings_, {}, [](const String& one) { return one.text().at.offset; });
}

const TxtExtents::String* TxtExtents::string_at(std::size_t offset) const {
  const auto after = std::ranges::upper_bound(
      strings_, offset, {}, [](const String& one) { return one.text().at.offset; });
  if (after == strings_.begin()) return nullptr;
  const DefinitionText& text = (after - 1)->text();
  return offset <= text.at.offset + text.length ? &*(after - 1) : nullptr;
}

std::optional<Span> TxtExtents::extent_of(const DefinitionText& string) const {
  const Span inside{string.at.offset, string.length};
  switch (format_) {
    case DefinitionFormat::avahi_service:
      return element_around(text_, inside);
    case DefinitionFormat::systemd_dnssd:
      return word_around(text_, inside);
    default:
      return {};
  }
}

std::vector<Span> TxtExtents::up_to(std::size_t offset) const {
  const String* found = string_at(offset);
  if (found == nullptr || !found->service->further_txt_records.empty()) return {};
  std::vector<Span> extents;
  for (std::size_t i = 0; i <= found->index; ++i) {
    const auto extent = extent_of(found->service->txt[i]);
    if (!extent) return {};
    extents.push_back(*extent);
  }
  return extents;
}

std::optional<Span> TxtExtents::removal_of(std::size_t offset) const {
  const String* found = string_at(offset);
  if (found == nullptr) return {};
  const auto extent = extent_of(found->text());
  if (!extent) return {};
  if (format_ == DefinitionFormat::systemd_dnssd) return removal_of_word(text_, *extent);
  return with_line(text_, *extent);
}

Span line_around(std::string_view text, Span extent) {
  const std::size_t begin = line_start(text, extent.offset);
  const std::size_t last = extent.offset + std::max<std::size_t>(extent.length, 1) - 1;
  return {begin, line_end(text, last) - begin};
}

Span with_line(std::string_view text, Span extent) {
  const std::size_t begin = line_start(text, extent.offset);
  const std::size_t after = extent.offset + extent.length;
  const std::size_t end = line_end(text, after);
  const auto is_empty = [](std::string_view part) {
    return part.find_first_not_of(" \t\r") == part.npos;
  };
  const bool alone = is_empty(text.substr(begin, extent.offset - begin)) &&
                     is_empty(text.substr(after, end - after));
  return alone ? Span{begin, std::min(end + 1, text.size()) - begin} : extent;
}

}  // namespace srvwarden::rules
