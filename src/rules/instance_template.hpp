// An instance name with its wildcards replaced by likely values, to be judged before it is known.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "rules/definition_rules.hpp"

namespace srvwarden::rules {

struct ExpandedInstance {
  std::string name;
  std::vector<std::size_t> offsets;  ///< where in the file each octet of name stands, and the end
  InstanceTemplate subject;
};

/// Host names are "host", machine and boot ids have their 32 digits, all else is one letter.
ExpandedInstance expand_instance(const Definition& definition);

}  // namespace srvwarden::rules
