// Subjects that need several values of one service, whether a file or a packet gave them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "rules/rule.hpp"
#include "srvwarden/txt_keys.hpp"

namespace srvwarden {
class Registry;
}

namespace srvwarden::rules {

/// A subtype and those that were named before it. Places count in the subtype.
struct RepeatedSubtype {
  std::string_view identifier;
  std::span<const std::string_view> earlier;
};

/// A TXT string beside the SRV record of its service. Places count in the string.
struct TxtBesideSrv {
  std::string_view octets;
  std::optional<std::uint16_t> port;
  std::string_view target;  ///< empty: not known
};

/// A service's port and the registry. Places count in the port's text.
struct RegistryPort {
  std::string_view name;  ///< service name, without underscore
  bool udp;
  std::uint16_t port;
  std::size_t text_size;  ///< bytes
  const Registry& registry;
};

/// A TXT string and the keys that the registry defines for its service. Places count in the string.
struct DefinedTxtString {
  std::string_view octets;
  const TxtKeys& defined;
};

/// All TXT strings of a service and the keys that the registry defines for it. It is judged as a
/// whole: its only place is where it begins.
struct DefinedTxtRecord {
  std::span<const std::string_view> strings;
  const TxtKeys& defined;
};

Table<RepeatedSubtype> repeated_subtype_rules();
Table<TxtBesideSrv> txt_beside_srv_rules();
Table<RegistryPort> registry_port_rules();
Table<DefinedTxtString> defined_txt_string_rules();
Table<DefinedTxtRecord> defined_txt_record_rules();

}  // namespace srvwarden::rules
