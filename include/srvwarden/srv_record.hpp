// SRV records: where an instance is served.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "srvwarden/host_name.hpp"

namespace srvwarden {

/// Priority, weight, port (host order, 0 to 65535 each) and target. RFC 2782.
///
/// The target is a host name, or the root where a unicast zone says "not offered".
struct SrvRecord {
  std::uint16_t priority = 0;
  std::uint16_t weight = 0;
  std::uint16_t port = 0;
  DomainName target;

  /// Reads "priority weight port target", separated by spaces or tabs.
  ///
  /// @return  the record, or the first violation and its offset in text: SR001 (not four fields),
  ///          SR010, SR007, SR005 (root target in multicast DNS), then those of HostName.
  static constexpr Result<SrvRecord> parse(std::string_view text,
                                           Context context = Context::automatic) noexcept;

  /// Reads RDATA with an uncompressed target.
  ///
  /// @return  the record, or SR001 at the octet where it does not fit.
  static Result<SrvRecord> parse_rdata(std::string_view rdata) noexcept;

  std::string rdata() const;  ///< 7 to 262 octets, target uncompressed
  std::string text() const;   ///< "0 0 631 printer.local."

  friend constexpr bool operator==(const SrvRecord&, const SrvRecord&) noexcept = default;
};

/// Four fields separated by spaces or tabs; count tells how many there really were.
struct SrvFields {
  std::array<std::string_view, 4> fields;  ///< priority, weight, port, target: views of the text
  std::size_t count = 0;
};

/// Splits the text form of an SRV record.
constexpr SrvFields split_srv(std::string_view text) noexcept {
  SrvFields out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ' ' || text[at] == '\t') {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && text[end] != ' ' && text[end] != '\t') {
      end += text[end] == '\\' && end + 1 < text.size() ? 2 : 1;  // "\ " belongs to the target
    }
    if (out.count < out.fields.size()) out.fields[out.count] = text.substr(at, end - at);
    ++out.count;
    at = end;
  }
  return out;
}

/// Whether text is a decimal number from 0 to 65535; then `out` holds it.
constexpr bool read_uint16(std::string_view text, std::uint16_t& out) noexcept {
  unsigned value = 0;
  for (const char c : text) {
    if (!ascii::is_digit(c)) return false;
    value = value * 10 + static_cast<unsigned>(c - '0');
    if (value > 65535) return false;
  }
  out = static_cast<std::uint16_t>(value);
  return !text.empty();
}

constexpr Result<SrvRecord> SrvRecord::parse(std::string_view text, Context context) noexcept {
  const SrvFields split = split_srv(text);
  if (split.count != 4) return Error{Errc::srv_malformed, 0};
  const auto offset = [&](std::size_t i) {
    return static_cast<std::size_t>(split.fields[i].data() - text.data());
  };
  SrvRecord record;
  std::uint16_t* const numbers[] = {&record.priority, &record.weight, &record.port};
  for (std::size_t i = 0; i < 3; ++i) {
    if (read_uint16(split.fields[i], *numbers[i])) continue;
    return Error{i < 2 ? Errc::srv_priority_or_weight_out_of_range : Errc::srv_port_out_of_range,
                 offset(i)};
  }
  if (split.fields[3] == ".") {
    if (context == Context::unicast) return record;
    return Error{Errc::srv_root_target, offset(3)};
  }
  const auto target = HostName::parse(split.fields[3], context);
  if (!target) return Error{target.error().code, offset(3) + target.error().offset};
  record.target = target->name();
  return record;
}

}  // namespace srvwarden
