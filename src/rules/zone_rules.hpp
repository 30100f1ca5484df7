// Subjects of the zone rules: what is wrong with several records of a zone together.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "rules/rule.hpp"

namespace srvwarden::rules {

enum class ZoneFaultCode : std::uint8_t {
  target_is_alias,          ///< of an SRV record
  srv_without_instance,     ///< SRV at a name that PTR records list
  type_not_listed,          ///< in the meta-query's answer
  default_not_listed,       ///< db without b, or dr without r
  pointer_target_is_alias,  ///< of a PTR record to an instance
  alias_beside_other_data,  ///< CNAME and another record
};

/// A fault that was found; a row for each code. Places count in the file.
struct ZoneFault {
  ZoneFaultCode code;
  Span at;
  std::string detail = {};
};

Table<ZoneFault> zone_rules();

}  // namespace srvwarden::rules
