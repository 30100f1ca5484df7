// The rows of traffic rules, by the occasion on which they are asked.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/traffic.hpp"

namespace srvwarden::rules {

Table<Traffic> announcement_rules();
Table<Traffic> hasty_repeat_rules();

}  // namespace srvwarden::rules
