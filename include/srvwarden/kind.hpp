// Kind: what a value given as text is meant to be.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace srvwarden {

/// The kinds of values that can be checked.
enum class Kind : std::uint8_t {
  service_name,  ///< "http"
  service_type,  ///< "_http._tcp"
  subtype,       ///< "_printer._sub._http._tcp"
  browse_name,   ///< "_http._tcp.local.": a PTR query
  instance,      ///< one label, raw UTF-8, no escapes
  full_name,     ///< "Instance._http._tcp.local.", DNS escapes
  domain,        ///< "local."
  host_name,     ///< "printer.local."
  txt,           ///< one "key=value" string, raw
  txt_rdata,     ///< a whole TXT RDATA in hexadecimal
  srv,           ///< "priority weight port target"
};

inline constexpr std::array all_kinds = {
    Kind::service_name, Kind::service_type, Kind::subtype, Kind::browse_name,
    Kind::instance,     Kind::full_name,    Kind::domain,  Kind::host_name,
    Kind::txt,          Kind::txt_rdata,    Kind::srv,
};

/// The name of a kind on the command line and in JSON: "service-type".
constexpr std::string_view name_of(Kind kind) noexcept {
  switch (kind) {
    case Kind::service_name:
      return "service-name";
    case Kind::service_type:
      return "service-type";
    case Kind::subtype:
      return "subtype";
    case Kind::browse_name:
      return "browse-name";
    case Kind::instance:
      return "instance";
    case Kind::full_name:
      return "full-name";
    case Kind::domain:
      return "domain";
    case Kind::host_name:
      return "host-name";
    case Kind::txt:
      return "txt";
    case Kind::txt_rdata:
      return "txt-rdata";
    case Kind::srv:
      return "srv";
  }
  return "";
}

/// The kind of a name, or nullopt.
constexpr std::optional<Kind> kind_named(std::string_view name) noexcept {
  for (const Kind kind : all_kinds) {
    if (name_of(kind) == name) return kind;
  }
  return std::nullopt;
}

}  // namespace srvwarden
