// InstanceSet: what the audit rules judge, one instance with all that the census knows of it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/rule.hpp"
#include "srvwarden/census.hpp"

namespace srvwarden::rules {

/// A view of an instance that is announced by a PTR record or has an SRV or TXT record.
///
/// That something is absent can be known only where it was asked for in vain, or denied: a capture
/// may simply have begun too late.
struct InstanceSet {
  const census::Instance& instance;
  const census::Census& census;
  wire::Time now;  ///< the end of the audit

  wire::NameView name() const noexcept { return wire::NameView(instance.name); }
  /// A PTR record of its type is live.
  bool is_listed() const noexcept;
  /// The one that is live, or null.
  const census::Observation* live(const std::vector<const census::Observation*>& records) const;
  /// Live records with different data on the interface that has the most of them.
  std::size_t live_count(const std::vector<const census::Observation*>& records) const;
  /// Asked for three times without an answer, the last time a second ago; or denied by NSEC.
  bool is_known_absent(wire::NameView owner, wire::Type type) const;
};

Table<InstanceSet> instance_set_rules();

}  // namespace srvwarden::rules
