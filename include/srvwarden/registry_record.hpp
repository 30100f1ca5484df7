// RegistryRecord: one row of IANA's Service Name and Transport Protocol Port Number Registry.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace srvwarden {

/// The transport that a row states; none: the row states no transport.
enum class RegistryTransport : std::uint8_t { none, tcp, udp, sctp, dccp };

/// "tcp", "udp", "sctp", "dccp", or "" for none.
std::string_view name_of(RegistryTransport transport) noexcept;

/// Rows to look at: those of some transports. A row that states none speaks of all of them.
class TransportSet {
 public:
  constexpr TransportSet() = default;  ///< every row
  constexpr explicit TransportSet(RegistryTransport transport)
      : bits_(bit(transport) | bit(RegistryTransport::none)) {}
  /// What "_tcp" or "_udp" stands for: _udp is every transport but tcp. RFC 6763 §7.
  static constexpr TransportSet of_label(bool udp) noexcept {
    TransportSet set(RegistryTransport::tcp);
    if (udp) set.bits_ = every & static_cast<std::uint8_t>(~bit(RegistryTransport::tcp));
    return set;
  }
  constexpr bool contains(RegistryTransport transport) const noexcept {
    return (bits_ & bit(transport)) != 0;
  }

 private:
  static constexpr std::uint8_t every = 0x1F;
  static constexpr std::uint8_t bit(RegistryTransport transport) noexcept {
    return static_cast<std::uint8_t>(1u << static_cast<unsigned>(transport));
  }
  std::uint8_t bits_ = every;
};

/// What the row says of its name or port.
enum class RegistryStatus : std::uint8_t {
  assigned,
  reserved,        ///< by IANA: a port that is not to be used. RFC 6335 §6
  unassigned,      ///< a port that nobody has
  removed,         ///< de-registered, decommissioned, deprecated: nobody has it any more
  local_use,       ///< a port for "any private ..." service, or a name of an overlay
  unofficial,      ///< recorded because it is in wide use; never assigned
  historic_alias,  ///< an old spelling that RFC 6335 §10.1 replaced: see replacement
  duplicate,       ///< another name for the same service: see replacement
  not_a_service,   ///< a name with a special purpose that is no service type
};

/// The word that tables and reports use for it, such as "historic-alias".
std::string_view name_of(RegistryStatus status) noexcept;

/// A day or, as older rows have it, a month. Year 0: not stated.
struct RegistryDate {
  std::uint16_t year = 0;
  std::uint8_t month = 0;  ///< 1 to 12
  std::uint8_t day = 0;    ///< 1 to 31; 0: only the month is known

  constexpr explicit operator bool() const noexcept { return year != 0; }
  friend constexpr auto operator<=>(const RegistryDate&, const RegistryDate&) = default;
};

/// "2018-07-06", "2001-02" where the day is not known, or "".
std::string to_text(RegistryDate date);

/// A port or several, both ends included, or none.
struct PortRange {
  std::uint16_t first = 0;
  std::uint16_t last = 0;
  bool present = false;  ///< false: the row states no port

  constexpr bool contains(std::uint16_t port) const noexcept {
    return present && first <= port && port <= last;
  }
  friend constexpr bool operator==(const PortRange&, const PortRange&) = default;
};

/// "631", "6000-6063" or "".
std::string to_text(PortRange ports);

/// One row: a name, a port or both, for one transport. Views into the table it comes from.
struct RegistryRecord {
  std::string_view
      name;  ///< as registered: any case, and historic ones with any ASCII; may be empty
  PortRange ports;
  RegistryTransport transport = RegistryTransport::none;
  RegistryStatus status = RegistryStatus::assigned;
  std::string_view title;        ///< UTF-8, one line; may be empty
  std::string_view replacement;  ///< the name to use instead; may be empty
  std::string_view assignee;     ///< IANA's keys, "[IESG]", not names or addresses; may be empty
  std::string_view contact;      ///< the same
  std::string_view txt_keys;     ///< the defined TXT keys, as parse_txt_keys reads; may be empty
  RegistryDate registered;
  RegistryDate modified;
  std::string_view references;     ///< as registered, "[RFC3501][RFC9051]"; may be empty
  std::uint32_t service_code = 0;  ///< DCCP service code, RFC 5595; 0: none
  bool unauthorized_use = false;   ///< RFC 6335 §8.1.1: somebody uses it without an assignment
  PortRange unauthorized_ports;    ///< where the row names ports; else all of its own

  friend constexpr bool operator==(const RegistryRecord&, const RegistryRecord&) = default;
};

}  // namespace srvwarden
