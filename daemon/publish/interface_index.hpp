// Interfaces by the numbers that the kernel gives them, as Avahi wants them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <net/if.h>

#include <string>
#include <vector>

namespace srvwarden::daemon {

using InterfaceIndexes = std::vector<int>;

/// Stands for all interfaces, those to come too. Avahi's AVAHI_IF_UNSPEC.
inline constexpr int every_interface = -1;

/// The indexes of those that exist now; of no names, the one index that stands for all.
inline InterfaceIndexes interface_indexes(const std::vector<std::string>& names) {
  if (names.empty()) return {every_interface};
  InterfaceIndexes indexes;
  for (const std::string& name : names) {
    const unsigned index = if_nametoindex(name.c_str());
    if (index != 0) indexes.push_back(static_cast<int>(index));
  }
  return indexes;
}

}  // namespace srvwarden::daemon
