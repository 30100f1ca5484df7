// The tie-break of simultaneous probes. RFC 6762 §8.2.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>

#include "rules/story/narrator.hpp"

namespace srvwarden::rules::story {

namespace {

/// Class without the cache-flush bit, then type, then the raw octets of the RDATA.
auto order_of(const PartSeen& record) {
  return std::tuple(
      record.class_field & 0x7FFFu, static_cast<unsigned>(record.type),
      std::basic_string_view<unsigned char>(
          reinterpret_cast<const unsigned char*>(record.rdata.data()), record.rdata.size()));
}

std::vector<const PartSeen*> sorted(const std::vector<PartSeen>& records) {
  std::vector<const PartSeen*> out;
  for (const PartSeen& record : records) out.push_back(&record);
  std::ranges::sort(
      out, [](const PartSeen* a, const PartSeen* b) { return order_of(*a) < order_of(*b); });
  return out;
}

}  // namespace

int compare_proposals(const Proposal& a, const Proposal& b, std::string& why) {
  const auto ours = sorted(a.records);
  const auto theirs = sorted(b.records);
  const std::size_t both = std::min(ours.size(), theirs.size());
  for (std::size_t i = 0; i < both; ++i) {
    const bool less = order_of(*ours[i]) < order_of(*theirs[i]);
    if (!less && !(order_of(*theirs[i]) < order_of(*ours[i]))) continue;
    why = full_words(less ? *theirs[i] : *ours[i]) + " is later in order than " +
          full_words(less ? *ours[i] : *theirs[i]);
    return less ? -1 : 1;
  }
  if (ours.size() == theirs.size()) return 0;
  why = "it proposes more records, all others being equal";
  return ours.size() < theirs.size() ? -1 : 1;
}

}  // namespace srvwarden::rules::story
