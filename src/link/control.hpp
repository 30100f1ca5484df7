// The control socket of srvwardend: what its server and its clients must agree on.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace srvwarden::link {

/// Where the socket is unless somebody says otherwise.
inline constexpr const char* default_control_path = "/run/srvwarden/control";

/// Rises when a member is taken away or changes its meaning; new members do not raise it.
inline constexpr int control_protocol = 1;

/// Octets of a request, without its line feed.
inline constexpr std::size_t max_control_request = std::size_t{64} << 10;

/// How deep a request may be nested.
inline constexpr int max_control_depth = 32;

}  // namespace srvwarden::link
