// WatchCounts: what the watch of the link has to count.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace srvwarden::daemon {

/// What the watch of the link knows.
struct WatchCounts {
  bool enabled = false;
  std::map<std::pair<std::string, std::string>, std::uint64_t> findings;  ///< rule and severity
  std::uint64_t instances = 0;  ///< that are announced now
  std::uint64_t packets = 0;    ///< since the start, as are all below
  std::uint64_t changes = 0;
  std::uint64_t records_dropped = 0;  ///< there was no room for
  std::uint64_t written = 0;          ///< audits, to the database
  std::uint64_t write_faults = 0;
  std::uint64_t writes_dropped = 0;  ///< newer ones took their place
  std::uint64_t posts = 0;           ///< that the webhook took
  std::uint64_t posts_failed = 0;
  std::uint64_t posts_dropped = 0;
};

}  // namespace srvwarden::daemon
