// Instance names ("Dr. Pepper"): one label of Net-Unicode text that people read.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "srvwarden/ascii.hpp"
#include "srvwarden/result.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden {

/// A valid instance name: 1 to 63 bytes of UTF-8, raw (no escapes), inline. RFC 6763 §4.1.1.
///
/// Equal as DNS compares: A-Z folded, every other octet as it is. Normalization Form C is the
/// sender's duty (rule IN006) and not asked for here.
class InstanceName {
 public:
  static constexpr std::size_t max_size = 63;  ///< bytes

  /// The name "x", so that a Result can hold one. Use parse.
  constexpr InstanceName() noexcept : bytes_{'x'} {}

  /// Checks and copies an instance name.
  ///
  /// @param text  raw UTF-8; dots and backslashes are ordinary characters.
  /// @return      the name, or the first violation and its byte offset: IN001, IN002, IN003, then
  ///              IN005, IN007, IN008, IN009 in the order of the text.
  static constexpr Result<InstanceName> parse(std::string_view text) noexcept {
    if (text.empty()) return Error{Errc::instance_empty, 0};
    if (text.size() > max_size) return Error{Errc::instance_too_long, max_size};
    if (const auto at = utf8::find_ill_formed(text); at != text.npos) {
      return Error{Errc::instance_not_utf8, at};
    }
    for (std::size_t at = 0; at < text.size();) {
      const utf8::Step step = utf8::read(text, at);
      if (const Errc code = refusal(step.code_point, at); code != Errc::none)
        return Error{code, at};
      at += step.size;
    }
    InstanceName name;
    name.size_ = static_cast<std::uint8_t>(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) name.bytes_[i] = text[i];
    return name;
  }

  // A size of the exact type: any other sends compilers through the concepts of ranges, which costs
  // each file that includes this some 15 ms.
  constexpr std::string_view text() const noexcept { return {bytes_.data(), std::size_t{size_}}; }

  friend constexpr bool operator==(const InstanceName& a, const InstanceName& b) noexcept {
    return ascii::equal(a.text(), b.text());
  }

 private:
  static constexpr Errc refusal(char32_t c, std::size_t at) noexcept {
    if (c < 0x20 || c == 0x7F) return Errc::instance_control_character;
    if (utf8::is_c1_control(c)) return Errc::instance_c1_control;
    if (c == utf8::byte_order_mark && at == 0) return Errc::instance_byte_order_mark;
    if (utf8::is_noncharacter(c)) return Errc::instance_noncharacter;
    return Errc::none;
  }

  std::array<char, max_size> bytes_{};
  std::uint8_t size_ = 1;
};

}  // namespace srvwarden
