// TableBuilder: how a reader makes a RegistryTable, whose texts it owns.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

#include "srvwarden/registry_table.hpp"

namespace srvwarden {

/// What a table's records view: the file as it was read, and the texts that had to be mended.
struct RegistryTable::Texts {
  std::string source;
  std::deque<std::string> mended;
};

namespace registry {

class TableBuilder {
 public:
  explicit TableBuilder(std::string source);

  std::string_view source() const noexcept { return table_.texts_->source; }
  /// Keeps a text that the source does not have as it is.
  std::string_view keep(std::string text) {
    return table_.texts_->mended.emplace_back(std::move(text));
  }
  void reserve(std::size_t records) { table_.records_.reserve(records); }
  void add(const RegistryRecord& record) { table_.records_.push_back(record); }
  std::span<const RegistryRecord> records() const noexcept { return table_.records_; }

  RegistryTable finish(RegistryDate edition) && {
    table_.edition_ = edition;
    return std::move(table_);
  }

 private:
  RegistryTable table_;
};

/// Larger files are refused before they are read.
inline constexpr std::size_t max_file_size = std::size_t{1} << 30;

/// The place of source[offset], where `line` starts at or before it, at `line_start`.
Place place_in(std::string_view source, std::size_t line_start, std::uint32_t line,
               std::size_t offset) noexcept;

/// A problem's detail: at most 60 bytes of the text.
std::string shorten(std::string_view text);

}  // namespace registry
}  // namespace srvwarden
