// TextBuilder: puts a text together and remembers where in the file each octet came from.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "definition/source.hpp"

namespace srvwarden::definition {

class TextBuilder {
 public:
  /// Adds bytes that stand in the file, just so, from `at` on.
  void copy(std::string_view bytes, std::size_t at);
  /// Adds octets that `length` bytes of the file at `at` stand for.
  void decoded(std::string_view octets, std::size_t at, std::size_t length);
  /// Replaces all from octet `from` on by what it encoded.
  void decode_tail(std::size_t from, std::string_view octets);
  /// Removes octets from the end.
  void truncate(std::size_t size);

  const std::string& value() const { return value_; }
  /// Where octet i came from; i may be the size.
  std::size_t offset(std::size_t i) const { return i < offsets_.size() ? offsets_[i] : end_; }

  /// The text, present; an empty one stands at `empty_at`. The builder is empty afterwards.
  DefinitionText finish(const Source& source, std::size_t empty_at);

 private:
  std::string value_;
  std::vector<std::size_t> offsets_;
  std::size_t end_ = 0;
  bool same_bytes_ = true;
};

}  // namespace srvwarden::definition
