// The files that a watch compares the link with.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/link_policy.hpp"
#include "rules/snapshot.hpp"
#include "watch/watch_settings.hpp"

namespace srvwarden::daemon {

/// What could be read, and what is wrong with the rest: lines that begin with the file's path.
struct WatchFiles {
  std::optional<rules::Snapshot> baseline;
  std::optional<rules::LinkPolicy> policy;
  std::vector<std::string> faults;
};

WatchFiles read_watch_files(const WatchSettings& settings);

}  // namespace srvwarden::daemon
