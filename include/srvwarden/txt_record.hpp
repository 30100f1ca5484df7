// TXT records: strings of "key=value", and what a receiver reads in them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "srvwarden/ascii.hpp"
#include "srvwarden/context.hpp"
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

/// The value of a TXT string: what stands behind the first "="; nullopt where there is none.
constexpr std::optional<std::string_view> txt_value(std::string_view string) noexcept {
  const std::size_t equals = detail::find_equals(string);
  if (equals == string.size()) return std::nullopt;
  return string.substr(equals + 1);
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
  /// Octets behind the first "="; nullopt: no "=", which is not the same as an empty value.
  constexpr std::optional<std::string_view> value() const noexcept { return txt_value(text()); }

  friend constexpr bool operator==(const TxtString& a, const TxtString& b) noexcept {
    return a.text() == b.text();
  }

 private:
  std::array<char, max_size> octets_{};
  std::uint8_t size_ = 0;
};

/// The strings of TXT RDATA, as a receiver reads them: forgiving, and never beyond the RDATA.
class TxtStrings {
 public:
  constexpr explicit TxtStrings(std::string_view rdata) noexcept : rest_(rdata) {}

  /// The next string, empty ones too; nullopt at the end or where a string overruns (TX002).
  constexpr std::optional<std::string_view> next() noexcept {
    if (rest_.empty()) return std::nullopt;
    const std::size_t size = static_cast<unsigned char>(rest_.front());
    if (size >= rest_.size()) return std::nullopt;
    const std::string_view string = rest_.substr(1, size);
    rest_.remove_prefix(1 + size);
    return string;
  }

  /// What is left: not empty after the end only where a string overruns.
  constexpr std::string_view rest() const noexcept { return rest_; }

 private:
  std::string_view rest_;
};

/// What a TXT record says of a key. RFC 6763 §6.4.
struct TxtAttribute {
  bool present = false;
  std::optional<std::string_view> value;  ///< nullopt: present without "="
};

/// Looks a key up as RFC 6763 §6.4 has it: case ignored, the first match wins, strings without a
/// key are skipped. The view lives as long as rdata.
constexpr TxtAttribute find_txt_attribute(std::string_view rdata, std::string_view key) noexcept {
  TxtStrings strings(rdata);
  while (const auto string = strings.next()) {
    if (string->empty() || string->front() == '=') continue;
    if (ascii::equal(txt_key(*string), key)) return {true, txt_value(*string)};
  }
  return {};
}

/// A valid TXT record as RDATA: 1 to 65535 octets (8900 in multicast DNS). RFC 6763 §6.
class TxtRecord {
 public:
  /// The record without attributes: one zero octet. RFC 6763 §6.1.
  TxtRecord() : rdata_(1, '\0') {}

  /// Checks and copies RDATA.
  ///
  /// @return  the record, or the first violation and its octet: TX001, TX002, TX003, TX004 (unless
  ///          unicast), TX010, TX012.
  static Result<TxtRecord> parse(std::string_view rdata, Context context = Context::automatic);

  /// Makes a record of strings in their order; of none, the record without attributes.
  ///
  /// @return  the record, or the first violation, its offset counted in the RDATA to be: TX003 or
  ///          TX004.
  static Result<TxtRecord> from_strings(std::span<const TxtString> strings,
                                        Context context = Context::automatic);

  /// RDATA, 1 to 65535 octets: length-prefixed strings. RFC 1035 §3.3.14.
  std::string_view rdata() const noexcept { return rdata_; }
  TxtStrings strings() const noexcept { return TxtStrings(rdata_); }
  TxtAttribute find(std::string_view key) const noexcept { return find_txt_attribute(rdata_, key); }

  friend bool operator==(const TxtRecord&, const TxtRecord&) = default;

 private:
  std::string rdata_;
};

}  // namespace srvwarden
