// Findings and rules as JSON values.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "srvwarden/finding.hpp"

namespace srvwarden::report {

/// {"rule","name","severity","message","help","reference","offset","length","suggestion"}, and
/// "more" with further {"offset","length"} and "fix" with {"offset","length","text"} where there
/// are any. suggestion is null without one.
nlohmann::ordered_json to_json(const Finding& finding);

/// {"id","name","severity","message","help","reference",...,"bad","good"}.
nlohmann::ordered_json to_json(const RuleInfo& rule);

/// One line of JSON; bytes that are not UTF-8 become U+FFFD. Controls, characters that change the
/// direction of text, and what could end a script are escaped, so that no name does anything.
std::string dump(const nlohmann::ordered_json& value);
/// The same for people too: indented, with a line feed at the end.
std::string dump_indented(const nlohmann::ordered_json& value);

}  // namespace srvwarden::report
