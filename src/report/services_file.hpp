// The registry as a file of services(5).
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "srvwarden/registry.hpp"

namespace srvwarden::report {

/// Text for /etc/services: one line a port and transport, in order of ports, that has a service
/// which is assigned, or recorded as in wide use.
///
/// The service's historic aliases and duplicates stand in the column of aliases. Where several
/// services have a port, each has its line, in the registry's order. Rows without a port or a
/// transport and ranges have no place in this format: of a range, the first port is given.
std::string services_file(const Registry& registry);

}  // namespace srvwarden::report
