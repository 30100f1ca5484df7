// Snapshot: what a link announces at one time, as plain values that can be kept and compared.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/audit.hpp"

namespace srvwarden::rules {

/// An instance, with everything that was announced of it. Lists but for txt are sorted.
struct SeenInstance {
  std::string name = {};  ///< presentation form, escaped as DNS has it, with the final dot
  bool gone = false;      ///< remembered only: it is not announced any more
  std::vector<AuditedService> services = {};
  std::vector<std::string> addresses = {};
  std::vector<std::string> txt = {};       ///< strings in their order: raw octets
  std::vector<std::string> subtypes = {};  ///< "_printer": raw octets

  friend bool operator==(const SeenInstance& a, const SeenInstance& b);
};

/// By name, A-Z folded as DNS compares.
using Snapshot = std::map<std::string, SeenInstance>;

/// What an audit saw. What went while it lasted is marked as gone.
Snapshot snapshot_of(const AuditResult& result);

/// Puts an instance in, its lists sorted.
void put(Snapshot& snapshot, SeenInstance instance);

/// The key of a name in a snapshot.
std::string snapshot_key(std::string_view name);

/// Takes over what only `before` has, as gone: so that one that comes back is known. At most
/// `limit` instances are remembered so; the first by name stay.
void remember(Snapshot& now, const Snapshot& before, std::size_t limit = 10'000);

/// The parts of an instance's full name.
struct NameParts {
  std::string label;  ///< the instance name as people read it: raw octets
  std::string type;   ///< "_http._tcp", presentation form
};

/// @return  nothing where this is no name that can be on the wire, or one of less than three
/// labels.
std::optional<NameParts> parts_of_name(std::string_view name);

}  // namespace srvwarden::rules
