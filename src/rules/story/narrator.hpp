// Narrator: a scene becomes events. fold_events: equal ones are told together.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "rules/story/browser_cache.hpp"
#include "rules/story/story.hpp"

namespace srvwarden::rules::story {

/// All that happens in a scene, by time, each thing once. `cache` has afterwards what a browser
/// knows that listened all the while.
std::vector<Event> narrate(const Scene& scene, BrowserCache& cache);

/// What a response says otherwise than the cache has it of the same host: TXT keys, fields,
/// addresses.
std::vector<Change> changes_of(const Moment& moment, const BrowserCache& cache);

/// Tells together what is equal but for its time.
std::vector<Event> fold_events(std::vector<Event> events);

/// Removes from the middle until there are at most `most`. Returns how many were removed.
std::uint64_t shorten(std::vector<Event>& events, std::size_t most);

/// What two hosts propose for a name, and whose is the later in RFC 6762 §8.2's order.
struct Proposal {
  Party party;
  wire::Time time{};
  std::vector<PartSeen> records;
};
/// Below zero: `a` loses; zero: they are the same. `why` gets the first difference.
int compare_proposals(const Proposal& a, const Proposal& b, std::string& why);

}  // namespace srvwarden::rules::story
