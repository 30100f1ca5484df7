// check_zone: everything that is wrong with the services of a zone, by every rule.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "srvwarden/check.hpp"
#include "srvwarden/definition.hpp"
#include "srvwarden/finding.hpp"

namespace srvwarden {

/// What check_definition does for zones: the reader's problems, each name, and records that do not
/// go together. SRV records at "_service._proto" are plain RFC 2782 and need neither PTR nor TXT;
/// names outside of the zone are never said to lack anything.
///
/// An automatic context is unicast DNS where the zone has a SOA record, else what a name says.
Findings check_zone(const Definition& zone, const CheckOptions& options);

}  // namespace srvwarden
