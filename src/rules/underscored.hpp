// What to say of an underscored name that is no service name, such as _dmarc. RFC 8552.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/concat.hpp"
#include "srvwarden/registry.hpp"
#include "srvwarden/underscored_names.hpp"

namespace srvwarden::rules {

/// Help for who took `label` for a service name; empty where it is none of RFC 8552's names. Those
/// with SRV records are transports or service names indeed, as are those that are registered.
inline std::string underscored_help(std::string_view label) {
  const UnderscoredName* name = find_underscored_name(label);
  if (name == nullptr || name->types.find("SRV") != std::string_view::npos) return {};
  if (Registry::builtin().contains(label.substr(1))) return {};
  const std::string types = name->types == "*" ? "any" : std::string(name->types);
  return concat({name->name, " is an underscored name of its own (RFC 8552) with ", types,
                 " records, ", name->references, ", and not a service name."});
}

}  // namespace srvwarden::rules
