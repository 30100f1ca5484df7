// Durations and times as people write them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "srvwarden/mdns_packet.hpp"

namespace srvwarden::history {

/// "90s", "30m", "2h", "7d", "2w": a whole number, 1 to 36500 days, and its unit.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

/// "2026-11-01", "2026-11-01T08:30", "2026-11-01T08:30:15Z" (UTC), or a duration before now.
std::optional<wire::Time> parse_when(std::string_view text, wire::Time now);

}  // namespace srvwarden::history
