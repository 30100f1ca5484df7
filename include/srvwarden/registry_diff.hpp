// RegistryDiff: what changed between two editions of the registry.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "srvwarden/registry.hpp"

namespace srvwarden {

/// A fact of some rows that is another one now.
struct RegistryChange {
  std::string_view field;          ///< a column of our table, "title"; or "row", for a whole row
  std::vector<std::string> where;  ///< the rows: "631/tcp", "tcp", "631"; "-" has neither
  std::string before;              ///< empty: was not stated; of a row: it was not there
  std::string after;               ///< the same

  friend bool operator==(const RegistryChange&, const RegistryChange&) = default;
};

struct RegistryNameChange {
  std::string_view name;  ///< as the newer edition spells it
  std::vector<RegistryChange> changes;
};

/// Names are compared with ASCII case ignored; the order of rows does not matter. Views are valid
/// while both registries live.
struct RegistryDiff {
  RegistryDate before;
  RegistryDate after;
  std::vector<std::string_view> added;      ///< in the alphabet's order
  std::vector<std::string_view> removed;    ///< in the alphabet's order
  std::vector<RegistryNameChange> changed;  ///< in the alphabet's order
  std::vector<RegistryChange> ports;        ///< of rows without a name

  /// No row differs. The dates of the editions may.
  bool empty() const noexcept {
    return added.empty() && removed.empty() && changed.empty() && ports.empty();
  }
};

RegistryDiff compare(const Registry& before, const Registry& after);

/// Where a row is: "631/tcp", "6000-6063/udp", "585", "tcp", or "-".
std::string row_place(const RegistryRecord& record);

}  // namespace srvwarden
