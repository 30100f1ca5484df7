// Diagnosis: whether a browser would find an instance, and what is in its way; one row a reason.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "rules/story/browser_cache.hpp"
#include "rules/story/story.hpp"

namespace srvwarden::rules::story {

/// Questions for a part, and what came of them: only those for which an answer must have been seen.
struct Asked {
  std::uint32_t times = 0;
  std::uint32_t answered = 0;
  bool last_answered = false;
  std::uint32_t last_in_vain = 0;  ///< how many in a row, up to the last
};
Asked asked_for(const Scene& scene, Part part);

/// What a browser has to go by.
struct Outlook {
  const Scene& scene;
  const BrowserCache& cache;  ///< of who listened all the while
  wire::Time at{};
  bool joins = false;  ///< begins to ask now, and has nothing yet

  bool has_address() const {
    return cache.has(Part::address_ipv4, at) || cache.has(Part::address_ipv6, at);
  }
};

/// A reason why an instance is not found. `test` gives the words, or nothing where it does not
/// hold.
struct ReasonRow {
  std::string_view id;
  Found found = Found::no;
  std::string_view rule = {};  ///< id in the catalogue
  Reference reference = {};    ///< where there is no rule
  std::optional<std::string> (*test)(const Outlook& outlook);
};
std::span<const ReasonRow> reason_rows() noexcept;

/// Of a browser that listened all the while, and of one that joins at the end.
std::vector<Verdict> diagnose(const Scene& scene, const BrowserCache& cache);

}  // namespace srvwarden::rules::story
