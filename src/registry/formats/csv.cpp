// RFC 4180 rows.
// SPDX-License-Identifier: Apache-2.0
#include "registry/formats/csv.hpp"

#include <array>
#include <bit>

#include "core/bytes.hpp"

namespace srvwarden::registry {
namespace {

using bytes::Bytes;

/// A bit for each of sixteen bytes that may end a plain field.
std::uint64_t marks_of(Bytes part) noexcept {
  return bytes::top_bits((Bytes)(part == ',') | (Bytes)(part == '\n') | (Bytes)(part == '"'));
}

}  // namespace

std::string CsvField::unescaped() const {
  std::string text;
  text.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    text += raw[i];
    if (raw[i] == '"') ++i;
  }
  return text;
}

void CsvReader::read_block(std::size_t at) noexcept {
  std::array<char, block_size> last{};
  const bool whole = text_.size() - at >= block_size;
  if (!whole) text_.copy(last.data(), block_size, at);
  const char* const from = whole ? text_.data() + at : last.data();
  marks_ = 0;
  for (std::size_t i = 0; i < block_size; i += sizeof(Bytes)) {
    marks_ |= marks_of(bytes::load<Bytes>(from + i)) << i;
  }
  block_end_ = at + block_size;
}

/// The next comma, line break or quotation mark, or the end. Most fields are short: a block has
/// several of them.
std::size_t CsvReader::find_plain_end(std::size_t at) noexcept {
  for (; at < text_.size(); at = block_end_) {
    if (at >= block_end_) read_block(at);
    if (const auto rest = marks_ >> (at + block_size - block_end_); rest != 0) {
      return at + static_cast<std::size_t>(std::countr_zero(rest));
    }
  }
  return text_.size();
}

void CsvReader::add(std::size_t from, std::size_t to, bool doubled_quotes) noexcept {
  if (field_count_ < max_fields) {
    fields_[field_count_] = {text_.substr(from, to - from), doubled_quotes};
  }
  ++field_count_;
}

CsvRow CsvReader::read_plain(std::size_t& at) noexcept {
  const std::size_t from = at;
  CsvRow result = CsvRow::ok;
  for (at = find_plain_end(at); at < text_.size() && text_[at] == '"';
       at = find_plain_end(at + 1)) {
    if (result == CsvRow::ok) fault_at_ = at;
    result = CsvRow::stray_quote;
  }
  if (at == text_.size()) {
    fault_at_ = at;
    return CsvRow::truncated;
  }
  const bool crlf = text_[at] == '\n' && at > from && text_[at - 1] == '\r';
  add(from, crlf ? at - 1 : at, false);
  return result;
}

CsvRow CsvReader::read_quoted(std::size_t& at) noexcept {
  const std::size_t from = ++at;
  bool doubled = false;
  for (; at < text_.size(); ++at) {
    if (text_[at] == '\n') ++next_line_;
    if (text_[at] != '"') continue;
    if (at + 1 == text_.size() || text_[at + 1] != '"') break;
    doubled = true;
    ++at;
  }
  if (at == text_.size()) {
    fault_at_ = from - 1;
    return CsvRow::truncated;
  }
  add(from, at, doubled);
  if (text_.substr(++at, 2) == "\r\n") ++at;
  if (at < text_.size() && (text_[at] == ',' || text_[at] == '\n')) return CsvRow::ok;
  fault_at_ = at;
  const bool cut = at == text_.size() || text_.substr(at) == "\r";
  return cut ? CsvRow::truncated : CsvRow::lost;
}

CsvRow CsvReader::next() noexcept {
  field_count_ = 0;
  row_start_ = at_;
  row_line_ = next_line_;
  if (at_ == text_.size()) return CsvRow::end;
  CsvRow result = CsvRow::ok;
  for (std::size_t at = at_;; ++at) {
    if (at < text_.size() && text_[at] == ',') {  // most fields are empty
      add(at, at, false);
      continue;
    }
    const bool quoted = at < text_.size() && text_[at] == '"';
    const CsvRow field = quoted ? read_quoted(at) : read_plain(at);
    if (field != CsvRow::ok) result = field;
    if (result == CsvRow::truncated || result == CsvRow::lost) return result;
    if (text_[at] == '\n') {
      at_ = at + 1;
      ++next_line_;
      return result;
    }
  }
}

}  // namespace srvwarden::registry
