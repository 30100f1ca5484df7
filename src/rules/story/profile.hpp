// Profile: how a device announces and answers for one instance, as one capture shows it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "rules/story/browser_cache.hpp"
#include "rules/story/diagnosis.hpp"
#include "rules/story/story.hpp"

namespace srvwarden::rules::story {

/// A kind of record as the device sends it.
struct PartProfile {
  std::uint32_t times = 0;  ///< with a TTL above zero
  std::uint32_t malformed = 0;
  std::optional<PartSeen> last;          ///< whole, with a TTL above zero
  std::optional<PartSeen> last_goodbye;  ///< with a TTL of zero
  std::set<std::uint32_t> ttls;
  std::set<std::uint16_t> classes;  ///< without the cache-flush bit
  std::set<bool> flushes;
  std::set<bool> compressed;
  bool in_answers = false;  ///< ever in the Answer section
};

/// How questions for a part fared.
struct AnswerProfile {
  Asked by_multicast;  ///< those for which an answer must have been seen
  std::uint32_t unicast_asked = 0;
  std::uint32_t unicast_answered = 0;
  std::vector<wire::Time::duration> delays;  ///< sorted
};

struct Profile {
  Scene scene;
  BrowserCache cache;
  std::vector<Event> events;
  std::vector<Verdict> verdicts;
  std::vector<RelatedFinding> findings;
  std::array<PartProfile, part_count> parts;
  std::array<AnswerProfile, part_count> answers;
  std::uint32_t responses = 0;       ///< that are about it
  std::uint64_t device_packets = 0;  ///< from its addresses, of any content
  std::set<std::uint16_t> source_ports;
  std::set<std::uint8_t> ip_ttls;
  std::set<std::uint16_t> ids;
  std::set<std::uint16_t> flags;       ///< of the header
  std::set<std::string> destinations;  ///< "IPv4 group", "IPv6 group", "unicast"
  std::size_t largest = 0;             ///< octets of a response's payload
  std::uint32_t probes = 0;            ///< of the longest series
  std::vector<wire::Time::duration> announcement_gaps;
  std::uint32_t announcements = 0;
  std::uint32_t asked_again =
      0;  ///< questions of hosts that were just answered, and do not list it

  const PartProfile& part(Part part) const { return parts[static_cast<std::size_t>(part)]; }
  const AnswerProfile& answer(Part part) const { return answers[static_cast<std::size_t>(part)]; }
  bool has(Part wanted) const { return part(wanted).last.has_value(); }
  bool has_event(EventKind kind) const;
};

/// @param device  the address of the device, where it is known better than by its responses.
Profile profile_of(const PacketLog& log, const Subject& subject, const AuditResult& result,
                   const std::optional<wire::Address>& device);

}  // namespace srvwarden::rules::story
