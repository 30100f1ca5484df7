// Regions: an index of line starts, and one of code units by blocks.
// SPDX-License-Identifier: Apache-2.0
#include "report/regions.hpp"
#include "srvwarden/utf8.hpp"

#include <algorithm>

namespace srvwarden::report {
namespace {

constexpr std::size_t block_size = 1024;  // bytes: what a column costs at most

/// What a byte adds: the first byte of a character has all of its code units.
constexpr std::size_t units_of(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if ((byte & 0xC0u) == 0x80u) return 0;
  return byte >= 0xF0 && byte < 0xF8 ? 2 : 1;
}

std::size_t count_units(std::string_view bytes) {
  std::size_t units = 0;
  for (const char c : bytes) units += units_of(c);
  return units;
}

}  // namespace

Regions::Regions(std::string_view text) : text_(text), line_starts_{utf8::mark_size(text)} {
  for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) {
    line_starts_.push_back(at + 1);
  }
  std::size_t units = 0;
  for (std::size_t at = 0; at <= text.size(); at += block_size) {
    units_.push_back(units);
    units += count_units(text.substr(at, block_size));
  }
}

std::size_t Regions::units(std::size_t offset) const {
  const std::size_t block = offset / block_size;
  const std::size_t start = block * block_size;
  return units_[block] + count_units(text_.substr(start, offset - start));
}

Regions::Position Regions::position(std::size_t offset) const {
  offset = std::clamp(offset, line_starts_.front(), std::max(text_.size(), line_starts_.front()));
  const auto after = std::ranges::upper_bound(line_starts_, offset);
  const auto line = static_cast<std::size_t>(after - line_starts_.begin());
  return {line, units(offset) - units(*(after - 1)) + 1};
}

Region Regions::operator()(Span span) const {
  const Position begin = position(span.offset);
  const Position end = position(span.offset + span.length);
  return {begin.line, begin.column, end.line, end.column};
}

std::string_view Regions::line(std::size_t number) const {
  const std::size_t start = line_starts_[number - 1];
  const std::size_t next = number < line_starts_.size() ? line_starts_[number] : text_.size() + 1;
  std::string_view line = text_.substr(start, next - 1 - start);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace srvwarden::report
