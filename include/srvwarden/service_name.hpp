// Service names ("http"): the part of "_http._tcp" that IANA registers.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <string_view>

#include "srvwarden/ascii.hpp"
#include "srvwarden/result.hpp"

namespace srvwarden {

/// A valid service name: 1 to 15 bytes, kept in lower case, inline. RFC 6335 §5.1.
class ServiceName {
 public:
  static constexpr std::size_t max_size = 15;  ///< bytes

  /// The name "x", so that a Result can hold one. Use parse.
  constexpr ServiceName() noexcept : bytes_{'x'} { bytes_[max_size] = 1; }

  /// Checks and copies a service name.
  ///
  /// @param text  ASCII without the leading underscore; need not outlive the call.
  /// @return      the name, or the first violation and its byte offset in text.
  /// @throws      nothing.
  /// @see         RFC 6335 §5.1: syntax, and case ignored in comparison.
  static constexpr Result<ServiceName> parse(std::string_view text) noexcept {
    if (text.empty()) return Error{Errc::service_name_empty, 0};
    if (text.size() > max_size) return Error{Errc::service_name_too_long, max_size};
    ServiceName name;
    bool letter = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = ascii::fold(text[i]);
      if (c == '-') {
        if (i == 0 || i + 1 == text.size()) return Error{Errc::service_name_edge_hyphen, i};
        if (text[i + 1] == '-') return Error{Errc::service_name_hyphen_run, i};
      } else if (!ascii::is_alphanumeric(c)) {
        return Error{Errc::service_name_bad_character, i};
      }
      letter = letter || ascii::is_letter(c);
      name.bytes_[i] = c;
    }
    if (!letter) return Error{Errc::service_name_no_letter, 0};
    name.bytes_[max_size] = static_cast<char>(text.size());
    return name;
  }

  constexpr std::string_view text() const noexcept {
    return {bytes_.data(), static_cast<std::size_t>(bytes_[max_size])};
  }

  friend constexpr bool operator==(const ServiceName&, const ServiceName&) noexcept = default;
  friend constexpr auto operator<=>(const ServiceName&, const ServiceName&) noexcept = default;

 private:
  friend class ServiceTypeReader;  // fills bytes_ eight at a time, after the same checks

  std::array<char, max_size + 1> bytes_{};  // padded with NUL; the last byte is the size
};

}  // namespace srvwarden
