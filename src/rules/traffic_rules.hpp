// The rows of traffic rules, by the occasion on which they are asked.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/traffic.hpp"

namespace srvwarden::rules {

Table<Traffic> announcement_rules();
Table<Traffic> hasty_repeat_rules();
Table<Traffic> first_announcement_rules();
Table<Traffic> probe_rules();
Table<Traffic> question_rules();
Table<Traffic> continuation_rules();
Table<Traffic> known_answer_rules();
Table<Traffic> listed_answer_rules();
Table<Traffic> other_answer_rules();
Table<Traffic> untimely_answer_rules();
Table<Traffic> unicast_response_rules();
Table<Traffic> change_rules();
Table<Traffic> returning_record_rules();
Table<Traffic> address_answer_rules();

}  // namespace srvwarden::rules
