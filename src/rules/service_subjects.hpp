// Subjects that need several values of one service, whether a file or a packet gave them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "rules/rule.hpp"

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

Table<RepeatedSubtype> repeated_subtype_rules();
Table<TxtBesideSrv> txt_beside_srv_rules();
Table<RegistryPort> registry_port_rules();

}  // namespace srvwarden::rules
