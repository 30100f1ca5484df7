// CsvReader: RFC 4180 rows as views into the text.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace srvwarden::registry {

struct CsvField {
  std::string_view raw;  ///< without the quotes around it; doubled quotes as they are
  bool doubled_quotes = false;

  /// Where it stands in the text that was read.
  std::size_t offset_in(std::string_view text) const noexcept {
    return static_cast<std::size_t>(raw.data() - text.data());
  }
  /// Its text, with doubled quotes made single.
  std::string unescaped() const;
};

/// How a row was read.
enum class CsvRow : std::uint8_t {
  ok,
  end,          ///< no row: the text has ended
  stray_quote,  ///< a quote in plain text: the row is whole, yet doubtful
  lost,         ///< text after a closing quote: where rows end is uncertain from here on
  truncated,    ///< the text ends within the row, or without a line break
};

class CsvReader {
 public:
  static constexpr std::size_t max_fields = 12;

  explicit CsvReader(std::string_view text) noexcept : text_(text) {}

  /// Reads the next row. RFC 4180 §2, with LF or CRLF.
  CsvRow next() noexcept;

  /// The row's fields, at most max_fields of them.
  std::span<const CsvField> fields() const noexcept {
    return std::span(fields_).first(field_count_ < max_fields ? field_count_ : max_fields);
  }
  std::size_t field_count() const noexcept { return field_count_; }
  std::size_t row_start() const noexcept { return row_start_; }  ///< offset
  std::uint32_t row_line() const noexcept { return row_line_; }  ///< from 1
  std::size_t fault_at() const noexcept { return fault_at_; }    ///< offset, unless ok or end

 private:
  static constexpr std::size_t block_size = 64;  ///< bytes: a bit each in marks_

  void read_block(std::size_t at) noexcept;
  std::size_t find_plain_end(std::size_t at) noexcept;
  CsvRow read_plain(std::size_t& at) noexcept;
  CsvRow read_quoted(std::size_t& at) noexcept;
  void add(std::size_t from, std::size_t to, bool doubled_quotes) noexcept;

  std::string_view text_;
  std::uint64_t marks_ = 0;    ///< where plain fields may end in the last block
  std::size_t block_end_ = 0;  ///< offset
  std::size_t at_ = 0;
  std::size_t row_start_ = 0;
  std::size_t fault_at_ = 0;
  std::size_t field_count_ = 0;
  std::uint32_t row_line_ = 1;
  std::uint32_t next_line_ = 1;
  std::array<CsvField, max_fields> fields_;
};

}  // namespace srvwarden::registry
