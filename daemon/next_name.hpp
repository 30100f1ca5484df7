// The name to take when a name is another's: "Name", "Name (2)", "Name (3)".
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace srvwarden::daemon {

/// @param instance  an instance name of at most 63 octets.
/// @return          the next one, of at most 63 octets; whole characters are cut off the words to
///                  make room for the number.
/// @see             RFC 6763 App. D.
std::string next_instance_name(std::string_view instance);

}  // namespace srvwarden::daemon
