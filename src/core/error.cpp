// A translation unit for the core: proves that its headers stand alone.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/error.hpp"
#include "srvwarden/result.hpp"

static_assert(srvwarden::rule_id(srvwarden::Errc::service_name_empty) == "SN001");
