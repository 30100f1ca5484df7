// Whether the system bus and avahi-daemon answer.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace srvwarden::daemon {

struct BusAnswer {
  enum class Who : std::uint8_t { nobody, bus, avahi };
  Who who = Who::nobody;  ///< how far an answer came from
  std::string why;        ///< one line, where it is not avahi or avahi is there and did not answer
};

/// Asks avahi-daemon for its state, starting it where the bus knows how. Blocks at most about as
/// long as allowed.
BusAnswer ask_avahi(std::chrono::milliseconds at_most);

}  // namespace srvwarden::daemon
