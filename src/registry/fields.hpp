// Fields that IANA's files and our table have in common: ports, dates, transports, statuses.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "srvwarden/registry_record.hpp"

namespace srvwarden::registry {

/// Digits alone, without a sign or leading zeros, up to `most`.
std::optional<std::uint32_t> parse_number(std::string_view text, std::uint32_t most) noexcept;

/// "" (none), "80" or "6000-6063"; IANA also writes one port as "4748-4748".
std::optional<PortRange> parse_ports(std::string_view text) noexcept;

/// The years that a date may have.
inline constexpr int first_year = 1901;
inline constexpr int last_year = 3900;

/// "" (none), "YYYY-MM" or "YYYY-MM-DD"; days as the calendar has them.
std::optional<RegistryDate> parse_date(std::string_view text) noexcept;

/// "tcp", "udp", "sctp", "dccp" or "" (none).
std::optional<RegistryTransport> parse_transport(std::string_view text) noexcept;

/// A word of name_of(RegistryStatus).
std::optional<RegistryStatus> parse_status(std::string_view text) noexcept;

/// What a text is made of, in one pass.
struct TextScan {
  bool plain;    ///< printable ASCII that neither starts nor ends with a space, or empty
  bool at_sign;  ///< has "@" or "&"
};
TextScan scan(std::string_view text) noexcept;

inline bool is_plain(std::string_view text) noexcept { return scan(text).plain; }

/// Well-formed UTF-8 without C0 controls and DEL that neither starts nor ends with a space.
bool is_clean(std::string_view text) noexcept;

/// Whether a text has an e-mail address: "x@y.z", or the same with "&" in angle brackets.
bool has_address(std::string_view text) noexcept;

}  // namespace srvwarden::registry
