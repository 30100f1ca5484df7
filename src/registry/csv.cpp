// RFC 4180 rows.
// SPDX-License-Identifier: Apache-2.0
#include "registry/csv.hpp"

#include <algorithm>

namespace srvwarden::registry {
namespace {

constexpr std::array<bool, 256> plain_ends = [] {
  std::array<bool, 256> ends{};
  for (const char c : {',', '\n', '"'}) ends[static_cast<unsigned char>(c)] = true;
  return ends;
}();

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

void CsvReader::add(std::size_t from, std::size_t to, bool doubled_quotes) noexcept {
  if (field_count_ < max_fields) {
    fields_[field_count_] = {text_.substr(from, to - from), doubled_quotes};
  }
  ++field_count_;
}

CsvRow CsvReader::read_plain(std::size_t& at) noexcept {
  const std::size_t from = at;
  CsvRow result = CsvRow::ok;
  for (; at < text_.size(); ++at) {
    const char c = text_[at];
    if (!plain_ends[static_cast<unsigned char>(c)]) continue;
    if (c != '"') break;
    if (result == CsvRow::ok) fault_at_ = at;
    result = CsvRow::stray_quote;
  }
  fault_at_ = at == text_.size() ? at : fault_at_;
  if (at == text_.size()) return CsvRow::truncated;
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
  fault_at_ = from - 1;
  if (at == text_.size()) return CsvRow::truncated;
  add(from, at, doubled);
  fault_at_ = ++at;
  if (text_.substr(at, 2) == "\r\n") ++at;
  if (at == text_.size() || text_.substr(at) == "\r") return CsvRow::truncated;
  return text_[at] == ',' || text_[at] == '\n' ? CsvRow::ok : CsvRow::lost;
}

CsvRow CsvReader::next() noexcept {
  field_count_ = 0;
  row_start_ = at_;
  row_line_ = next_line_;
  if (at_ == text_.size()) return CsvRow::end;
  CsvRow result = CsvRow::ok;
  for (std::size_t at = at_;; ++at) {
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
