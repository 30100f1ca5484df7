// check_definition: everything that is wrong with a definition file, by every rule.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "srvwarden/check.hpp"
#include "srvwarden/definition.hpp"
#include "srvwarden/finding.hpp"

namespace srvwarden {

/// Judges a definition: the reader's problems, each value, and values that do not go together.
///
/// An automatic context is multicast DNS, unless a service's domain is another.
///
/// @return  findings whose spans count bytes from the start of the file, in the file's order. A
///          suggestion, where there is one, replaces the bytes of the value that the finding is in.
Findings check_definition(const Definition& definition, const CheckOptions& options);

}  // namespace srvwarden
