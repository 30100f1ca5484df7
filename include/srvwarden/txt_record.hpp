// TXT records: RDATA of strings, and what a receiver reads in it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "srvwarden/ascii.hpp"
#include "srvwarden/context.hpp"
#include "srvwarden/result.hpp"
#include "srvwarden/txt_string.hpp"

namespace srvwarden {

/// The value of a TXT string: what stands behind the first "="; nullopt where there is none.
constexpr std::optional<std::string_view> txt_value(std::string_view string) noexcept {
  const std::size_t equals = detail::find_equals(string);
  if (equals == string.size()) return std::nullopt;
  return string.substr(equals + 1);
}

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
