// definition_text: a client's service as a definition, so that the same rules judge both.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "control/controlled.hpp"

namespace srvwarden::daemon {

/// A definition in Avahi's form. Any octets may be in the advertisement; with those that XML cannot
/// have, it is malformed and thus refused. Values of TXT attributes may have all.
std::string definition_text(const Advertisement& advertisement);

}  // namespace srvwarden::daemon
