// WatchSettings: [watch] of srvwardend.toml, as plain values.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace srvwarden::daemon {

struct WatchSettings {
  bool enabled = false;
  std::vector<std::string> interfaces;  ///< of those that the daemon listens on; none: all of them
  bool active = true;                   ///< asks for what there is; else it only listens
  std::string database;                 ///< path; empty: in the state folder, "none": none
  std::optional<std::chrono::seconds> keep = std::chrono::hours(24 * 90);
  std::string policy;                          ///< path; empty: none
  std::string baseline;                        ///< path; empty: none
  std::string webhook;                         ///< URL; empty: none
  std::chrono::milliseconds interval{60'000};  ///< from one snapshot to the next

  friend bool operator==(const WatchSettings&, const WatchSettings&) = default;
};

}  // namespace srvwarden::daemon
