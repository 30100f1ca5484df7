// Event: what a history tells, in order of time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "history/record.hpp"
#include "rules/snapshot_changes.hpp"

namespace srvwarden::history {

enum class EventKind : std::uint8_t {
  began,     ///< the first audit of these inputs: there is nothing to compare it with
  change,    ///< of an instance
  appeared,  ///< a finding that was not there before
  vanished,  ///< a finding that is not there any more
};

struct Event {
  wire::Time time{};   ///< of the audit that shows it
  std::string inputs;  ///< of the audit, commas between
  EventKind kind = EventKind::began;
  std::size_t instances = 0;  ///< of `began`: how many there were
  rules::Change change;
  RecordedFinding finding;
};

}  // namespace srvwarden::history
