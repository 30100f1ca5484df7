// TXT strings ("path=/"): what a TXT record is made of.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "srvwarden/ascii.hpp"
#include "srvwarden/result.hpp"

namespace srvwarden {

namespace detail {

/// Where the first "=" stands, or the size. (g++ 12 cannot run string_view::find on an object
/// that is itself being evaluated as a constant.)
constexpr std::size_t find_equals(std::string_view string) noexcept {
  std::size_t at = 0;
  while (at < string.size() && string[at] != '=') ++at;
  return at;
}

}  // namespace detail

/// The key of a TXT string: what stands before the first "=", or all of it.
constexpr std::string_view txt_key(std::string_view string) noexcept {
  return string.substr(0, detail::find_equals(string));
}

namespace detail {

/// The first violation of one TXT string: TX019, TX010, TX012. An empty string has none.
constexpr Error check_txt_string(std::string_view string) noexcept {
  if (string.size() > 255) return {Errc::txt_string_too_long, 255};
  if (string.starts_with('=')) return {Errc::txt_missing_key, 0};
  const std::string_view key = txt_key(string);
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (ascii::is_control(key[i]) || !ascii::is_ascii(key[i])) {
      return {Errc::txt_key_bad_character, i};
    }
  }
  return {};
}

}  // namespace detail

/// A valid TXT string: 0 to 255 octets, inline. RFC 6763 §6.4 and §6.5.
class TxtString {
 public:
  static constexpr std::size_t max_size = 255;  ///< octets

  constexpr TxtString() noexcept = default;  ///< the empty string

  /// Checks and copies one "key=value" or "key".
  ///
  /// @return  the string, or the first violation and its byte offset: TX019, TX010, TX012.
  static constexpr Result<TxtString> parse(std::string_view text) noexcept {
    if (const Error error = detail::check_txt_string(text); error.code != Errc::none) return error;
    TxtString string;
    string.size_ = static_cast<std::uint8_t>(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) string.octets_[i] = text[i];
    return string;
  }

  constexpr std::string_view text() const noexcept { return {octets_.data(), std::size_t{size_}}; }
  constexpr std::string_view key() const noexcept { return txt_key(text()); }
  /// Whether there is a "=". Without one there is no value, which is not the same as an empty one.
  constexpr bool has_value() const noexcept { return key().size() < size_; }
  /// Octets behind the first "="; empty where there is no value, too.
  constexpr std::string_view value() const noexcept {
    return has_value() ? text().substr(key().size() + 1) : std::string_view();
  }

  friend constexpr bool operator==(const TxtString& a, const TxtString& b) noexcept {
    return a.text() == b.text();
  }

 private:
  std::array<char, max_size> octets_{};
  std::uint8_t size_ = 0;
};

}  // namespace srvwarden
