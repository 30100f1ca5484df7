// full_name: what no two services of a link can have in common.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "publish/publisher.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::daemon {

/// Instance, type and domain, folded: equal where the names are the same on the link. RFC 6762 §16.
inline std::string full_name(const Announcement& one) {
  std::string name = one.instance + '\0' + one.type + '\0';
  name += one.domain.empty() ? "local" : one.domain;
  for (char& c : name) c = ascii::fold(c);
  return name;
}

}  // namespace srvwarden::daemon
