// What to say of an underscored name that is no service name, such as _dmarc. RFC 8552.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/concat.hpp"
#include "srvwarden/service_type.hpp"
#include "srvwarden/underscored_names.hpp"

namespace srvwarden::rules {

/// Help for who took `label` for a service name; empty where it is none of RFC 8552's names, or a
/// transport, which is one of them too.
inline std::string underscored_help(std::string_view label) {
  if (ascii::equal(label, label_of(Transport::tcp)) ||
      ascii::equal(label, label_of(Transport::udp))) {
    return {};
  }
  const UnderscoredName* name = find_underscored_name(label);
  if (name == nullptr) return {};
  const std::string types = name->types == "*" ? "any" : std::string(name->types);
  return concat({name->name, " is an underscored name of its own (RFC 8552) with ", types,
                 " records, ", name->references, ", and not a service name."});
}

}  // namespace srvwarden::rules
