// What happened on a link, as text for people or JSON for programs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "history/event.hpp"

namespace srvwarden::report {

/// One line, fit for a terminal: time, what happened, to whom, and how.
std::string event_line(const history::Event& event);

/// {"time","event","inputs", ...}: of "began" the number of "instances"; of a change what
/// to_json(Change) gives; of "finding" and "vanished" what to_json(RecordedFinding) gives.
nlohmann::ordered_json to_json(const history::Event& event);

/// {"name","instance","type","fields":[{"field","before","after"}]}; before or after is null where
/// there was or is nothing. Octets are as in a baseline: nothing is lost.
nlohmann::ordered_json to_json(const rules::Change& change);

/// {"rule","name","severity","object","message"}.
nlohmann::ordered_json to_json(const history::RecordedFinding& finding);

}  // namespace srvwarden::report
