// Context: multicast or unicast DNS, where the same data is judged differently.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace srvwarden {

/// Which DNS a name is meant for.
enum class Context : std::uint8_t {
  automatic,  ///< told from the domain: .local, link-local reverse, or none is mdns; else unicast
  mdns,
  unicast,
};

}  // namespace srvwarden
