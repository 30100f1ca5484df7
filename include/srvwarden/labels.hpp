// Labels: a name's decoded labels, each with its place in the text that it came from.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "srvwarden/presentation.hpp"
#include "srvwarden/result.hpp"

namespace srvwarden {

/// The labels of one name of at most 256 octets on the wire, root included (RFC 6762 App. C).
/// Keeps a view of the text, which must outlive it.
class Labels {
 public:
  static constexpr std::size_t max_wire_size = 256;

  /// Decodes presentation form. Errors: ES001-ES003, NM003, NM001, NM002 (above 256 octets).
  static constexpr Result<Labels> parse(std::string_view text) noexcept {
    Labels labels;
    labels.text_ = text;
    if (const Error error = walk_name(text, labels, labels.absolute_); error.code != Errc::none) {
      return error;
    }
    if (labels.wire_size_ > max_wire_size) return Error{Errc::name_too_long, 0};
    return labels;
  }

  constexpr std::size_t count() const noexcept { return count_; }
  constexpr bool absolute() const noexcept { return absolute_; }  ///< ended in an unescaped dot
  constexpr std::size_t wire_size() const noexcept {
    return wire_size_;
  }  ///< octets, root included

  /// The octets of a label; index < count().
  constexpr std::string_view operator[](std::size_t index) const noexcept {
    return {octets_.data() + begin_of(index),
            static_cast<std::size_t>(ends_[index]) - begin_of(index)};
  }

  /// Where in the text octet `octet` of a label stands; the label's end for octet == its size.
  constexpr std::size_t offset(std::size_t index, std::size_t octet = 0) const noexcept {
    std::size_t at = starts_[index];
    for (; octet > 0; --octet) at += read_presentation(text_, at).size;
    return at;
  }

  // The sink of walk_name.
  constexpr void octet(char octet, std::size_t offset) noexcept {
    if (label_is_new_ && count_ < max_count) starts_[count_] = static_cast<std::uint32_t>(offset);
    label_is_new_ = false;
    if (size_ < max_wire_size) octets_[size_++] = octet;
    ++wire_size_;
  }
  constexpr void end_label(std::size_t) noexcept {
    ++wire_size_;
    label_is_new_ = true;
    if (count_ < max_count) ends_[count_++] = static_cast<std::uint16_t>(size_);
  }

 private:
  static constexpr std::size_t max_count = 128;

  constexpr std::size_t begin_of(std::size_t index) const noexcept {
    return index == 0 ? 0 : ends_[index - 1];
  }

  std::string_view text_;
  std::array<char, max_wire_size> octets_{};
  std::array<std::uint32_t, max_count> starts_{};
  std::array<std::uint16_t, max_count> ends_{};
  std::size_t count_ = 0;
  std::size_t size_ = 0;
  std::size_t wire_size_ = 1;  // the root
  bool absolute_ = false;
  bool label_is_new_ = true;
};

}  // namespace srvwarden
