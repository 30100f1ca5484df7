// Interfaces by the numbers that Avahi wants.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <avahi-common/address.h>
#include <net/if.h>

#include <string>
#include <vector>

namespace srvwarden::daemon {

/// The indexes of those that exist now; of no names, the one index that stands for all.
inline std::vector<AvahiIfIndex> interface_indexes(const std::vector<std::string>& names) {
  if (names.empty()) return {AVAHI_IF_UNSPEC};
  std::vector<AvahiIfIndex> indexes;
  for (const std::string& name : names) {
    const unsigned index = if_nametoindex(name.c_str());
    if (index != 0) indexes.push_back(static_cast<AvahiIfIndex>(index));
  }
  return indexes;
}

}  // namespace srvwarden::daemon
