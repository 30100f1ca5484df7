// Metrics: what the daemon knows as Prometheus' text format, version 0.0.4.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "log.hpp"
#include "status.hpp"
#include "watch/watch_counts.hpp"

namespace srvwarden::daemon {

/// Counted by the daemon since it was started.
struct Counters {
  std::array<std::uint64_t, 3> log_messages{};  ///< by Level
  std::uint64_t backend_restarts = 0;           ///< how often the publisher came up again

  void count(Level level) noexcept { ++log_messages[static_cast<std::size_t>(level)]; }
};

/// Counted by the control socket and the metrics' port.
struct ControlCounters {
  std::uint64_t clients = 0;          ///< connected now
  std::uint64_t accepted = 0;         ///< since the start, as are all below
  std::uint64_t turned_away = 0;      ///< there was no place
  std::uint64_t too_slow = 0;         ///< dropped: a line that did not end, an answer not read
  std::uint64_t requests = 0;         ///< all lines
  std::uint64_t refused = 0;          ///< wrong ones, and orders without permission
  std::uint64_t skipped_updates = 0;  ///< changes that slow watchers did not get one by one
  std::uint64_t scrapes = 0;          ///< HTTP requests for /metrics that were answered
};

/// What the kernel says of this process.
struct ProcessFacts {
  std::uint64_t open_files = 0;
  std::uint64_t max_files = 0;
  std::uint64_t resident_bytes = 0;
  double cpu_seconds = 0;
};
ProcessFacts process_facts();

struct Measured {
  const DaemonStatus& status;
  Counters counters;
  ControlCounters control;
  ProcessFacts process;
  WatchCounts watch = {};
};

/// The exposition: UTF-8, every family with its help and type.
std::string metrics_text(const Measured& measured);

}  // namespace srvwarden::daemon
