// ResponderOptions: what the embedded responder is told when it starts.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace srvwarden::daemon {

struct ResponderOptions {
  std::vector<std::string> interfaces;  ///< names; none: all that can multicast
  std::string host_name;                ///< one label; empty: the system's
};

/// The descriptor that is the responder's end of its socketpair.
inline constexpr int responder_descriptor = 3;

}  // namespace srvwarden::daemon
