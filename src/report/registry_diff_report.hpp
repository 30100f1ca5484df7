// What changed between two editions, as text or JSON.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "srvwarden/registry_diff.hpp"

namespace srvwarden::report {

/// "2018-02-12 -> 2026-08-17: 278 names added, 25 removed, 90 changed; 12 changes of ports without
/// a name". Ends with a line feed.
std::string diff_summary(const RegistryDiff& diff);

/// The summary, and the names that were added and removed, with their titles.
std::string diff_names(const RegistryDiff& diff, const Registry& before, const Registry& after);

/// The summary and each change: added names and removed ones with their titles, a line a changed
/// fact, and a line a changed row without a name.
std::string diff_text(const RegistryDiff& diff, const Registry& before, const Registry& after);

/// {"before","after","added","removed","changed":[{"name","changes":[{"field","rows","before",
/// "after"}]}],"ports"}: added and removed are services, ports are changes.
nlohmann::ordered_json diff_json(const RegistryDiff& diff, const Registry& before,
                                 const Registry& after);

}  // namespace srvwarden::report
