// Host names ("printer.local."): what owns addresses and what SRV records point to.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "srvwarden/domain_name.hpp"

namespace srvwarden {

/// Whether text is an IPv4 dotted quad or an IPv6 literal (brackets and zone allowed), with or
/// without one trailing dot. RFC 1123 §2.1.
constexpr bool is_address_literal(std::string_view text) noexcept;

/// A name that can own addresses: at least one label, no address literal, not under .invalid.
///
/// RFC 2181 §11 lets the DNS hold any octets: letters, digits and hyphens are a matter for the
/// warnings HN003-HN005. RFC 2782, RFC 6761 §6.4.
class HostName {
 public:
  /// The name "x.", so that a Result can hold one. Use parse.
  constexpr HostName() noexcept : name_(*DomainName::parse("x")) {}

  /// Reads presentation form.
  ///
  /// @return  the name, or the first violation: ES001-ES003, NM003, HN006, HN001, HN008, NM001,
  ///          NM002.
  static constexpr Result<HostName> parse(std::string_view text,
                                          Context context = Context::automatic) noexcept {
    const auto labels = Labels::parse(text);
    if (!labels) return labels.error();
    if (is_address_literal(text)) return Error{Errc::host_name_is_address, 0};
    if (labels->count() == 0) return Error{Errc::host_name_empty, 0};
    const std::size_t last = labels->count() - 1;
    if (ascii::equal((*labels)[last], "invalid")) {
      return Error{Errc::host_name_invalid_domain, labels->offset(last)};
    }
    const Error error = check_name_size(*labels, 0, is_multicast(*labels, 0, context));
    if (error.code != Errc::none) return error;
    return HostName(DomainName::from_labels(*labels, 0));
  }

  constexpr const DomainName& name() const noexcept { return name_; }
  std::string text() const { return name_.text(); }  ///< "printer.local."

  friend constexpr bool operator==(const HostName&, const HostName&) noexcept = default;

 private:
  constexpr explicit HostName(const DomainName& name) noexcept : name_(name) {}

  DomainName name_;
};

/// Whether text is an IPv4 dotted quad.
constexpr bool is_dotted_quad(std::string_view text) noexcept {
  std::size_t at = 0;
  for (int part = 0; part < 4; ++part) {
    if (part > 0 && (at == text.size() || text[at++] != '.')) return false;
    unsigned value = 0;
    const std::size_t start = at;
    for (; at < text.size() && at - start < 3 && ascii::is_digit(text[at]); ++at) {
      value = value * 10 + static_cast<unsigned>(text[at] - '0');
    }
    if (at == start || value > 255) return false;
  }
  return at == text.size();
}

/// Whether text is an IPv6 literal (RFC 4291 §2.2), without brackets or zone.
constexpr bool is_ipv6_literal(std::string_view text) noexcept {
  int groups = 0;
  bool gap = false;
  std::size_t at = 0;
  if (text.size() >= 2 && text.substr(0, 2) == "::") {
    gap = true;
    at = 2;
  }
  while (at < text.size()) {
    if (is_dotted_quad(text.substr(at))) return groups + 2 == 8 || (gap && groups < 6);
    const std::size_t start = at;
    while (at < text.size() && at - start < 4 && ascii::hex_digit(text[at]) >= 0) ++at;
    if (at == start) return false;
    ++groups;
    if (at == text.size()) break;
    if (text[at++] != ':') return false;
    if (at == text.size()) return false;  // a single final colon
    if (text[at] == ':') {
      if (gap) return false;
      gap = true;
      ++at;
    }
  }
  return gap ? groups < 8 : groups == 8;
}

constexpr bool is_address_literal(std::string_view text) noexcept {
  if (text.ends_with('.')) text.remove_suffix(1);
  if (is_dotted_quad(text)) return true;
  if (text.starts_with('[') && text.ends_with(']')) {
    text.remove_prefix(1);
    text.remove_suffix(1);
  }
  return is_ipv6_literal(text.substr(0, text.find('%')));
}

}  // namespace srvwarden
