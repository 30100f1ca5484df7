// ZoneIndex: what a zone has at each of its names, for rules that need more than one record.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "rules/decoded_name.hpp"
#include "srvwarden/definition.hpp"

namespace srvwarden::rules {

/// A name so written that equal names are equal texts: folded, only dots and backslashes escaped.
std::string canonical_name(std::string_view name);
/// The same of the labels from `first` on.
std::string canonical_name(const DecodedName& name, std::size_t first);

/// Whether a canonical name is a domain or below it; both absolute.
bool is_below(std::string_view name, std::string_view domain);

/// The records of one name.
struct ZoneName {
  std::uint32_t srv = 0;  ///< records
  std::uint32_t txt = 0;
  bool has_address = false;
  bool has_pointer = false;
  bool is_delegated = false;          ///< has NS records
  bool has_other = false;             ///< what may not stand beside a CNAME record
  const ZoneRecord* alias = nullptr;  ///< the first CNAME record
  const ZoneRecord* first_srv = nullptr;
  bool is_judged = false;    ///< for who goes through the records: the name is
  bool is_txt_told = false;  ///< that there are several
};

class ZoneIndex {
 public:
  /// `zone` must outlive it. Records of other classes than IN are left out.
  explicit ZoneIndex(const Definition& zone);

  using Entry = std::pair<const std::string, ZoneName>;  ///< canonical name, and what it has
  /// The owner of zone.records[i]; null for other classes.
  Entry* owner(std::size_t i) { return owners_[i]; }

  ZoneName* find(const std::string& name);

  /// Whether the zone has all its names here, so that what is not here is missing.
  bool is_complete() const { return is_complete_; }
  /// Whether a canonical name is the zone's own, rather than of another zone.
  bool is_inside(std::string_view name) const;
  /// Whether names as this one are made by a wildcard or DNAME, or belong to a delegated zone.
  bool is_covered(const std::string& name) const;

 private:
  void add(const ZoneRecord& record, Entry& entry);

  std::unordered_map<std::string, ZoneName> names_;
  std::unordered_set<std::string> covers_;  // "*.x." for names below x., "x." for it, too
  std::vector<Entry*> owners_;
  std::string origin_;
  bool is_complete_;
};

}  // namespace srvwarden::rules
