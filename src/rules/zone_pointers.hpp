// ZonePointers: lists of instances, of types and of domains in a zone. RFC 6763 §4, §7.1, §9, §11.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "rules/zone_index.hpp"
#include "rules/zone_judge.hpp"

namespace srvwarden::rules {

/// Collects all PTR records first, then judges them one by one.
class ZonePointers {
 public:
  ZonePointers(const Definition& zone, ZoneIndex& index, ZoneJudge& judge);

  /// Judges a PTR record.
  void check(const ZoneRecord& record, ZoneIndex::Entry& owner);

  /// Whether a PTR record of its type points to the instance.
  bool lists(const std::string& instance) const { return listed_.contains(instance); }
  /// Whether the type of a domain was not met before: it is to be judged once. Canonical name.
  bool is_new_type(const std::string& type) { return types_.insert(type).second; }

 private:
  struct Pointer;

  void collect(const ZoneRecord& record);
  void check_owner(const Pointer& pointer, ZoneIndex::Entry& owner);
  void check_instance(const Pointer& pointer);
  void check_instance_records(const Pointer& pointer);
  void check_type(const Pointer& pointer);
  void check_listed(const Pointer& pointer);
  void check_domain(const Pointer& pointer);
  void fault(std::string_view id, const Pointer& pointer, Note note = {});

  ZoneIndex& index_;
  ZoneJudge& judge_;
  std::unordered_set<std::string> listed_;   // instances
  std::unordered_set<std::string> types_;    // judged
  std::unordered_set<std::string> meta_;     // types in answers to the meta-query
  std::unordered_set<std::string> metas_;    // domains that have one
  std::unordered_set<std::string> domains_;  // "b", owner's domain and the domain listed there
  std::unordered_set<std::string> offered_;  // "b" and the owner's domain
  std::unordered_set<std::string> done_;     // targets
};

}  // namespace srvwarden::rules
