// A story, as text for people or JSON for programs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/finding_text.hpp"
#include "rules/story/story.hpp"

namespace srvwarden::report {

/// A line for each event, then the state and the diagnosis. All that came from the network is
/// escaped for a terminal.
std::string story_text(const rules::story::Story& story, Colour colour = Colour::off);

/// {"subject","capture","events","left_out","state","diagnosis","findings"}, on one line.
std::string story_json(const rules::story::Story& story);

/// What there is to explain: a line each, "instance  Foo._http._tcp.local.".
std::string subjects_text(const std::vector<rules::story::Subject>& subjects);
/// [{"kind","name"}].
std::string subjects_json(const std::vector<rules::story::Subject>& subjects);

/// "22:13:20.001" and "02:00:00:01:00:02".
std::string clock_text(wire::Time time);
std::string mac_text(const wire::Mac& mac);
/// "52 ms", "1.5 s", "3 min", "75 min".
std::string duration_text(wire::Time::duration duration);
/// "RFC 6763 §6", of a rule's id or of a reference.
std::string source_text(std::string_view rule, const Reference& reference);

}  // namespace srvwarden::report
