// PTR records of a zone.
// SPDX-License-Identifier: Apache-2.0
#include "rules/zone_pointers.hpp"

#include <algorithm>
#include <utility>

#include "core/concat.hpp"
#include "rules/zone_rules.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/catalogue.hpp"
#include "srvwarden/name_shape.hpp"

namespace srvwarden::rules {

/// A PTR record whose names could be decoded.
struct ZonePointers::Pointer {
  const ZoneRecord& record;
  DecodedName owner;
  DecodedName target;
  NameShape owner_shape;
  NameShape target_shape;

  /// Returns whether both names could be.
  bool decode() {
    if (!owner.decode(record.owner) || !target.decode(record.fields[0].value)) return false;
    owner_shape = shape_of(owner, true);
    target_shape = shape_of(target, is_meta());
    return true;
  }
  Span place() const { return {record.fields[0].at.offset, record.fields[0].length}; }
  std::string target_name() const { return canonical_name(target, 0); }
  std::string owner_domain() const { return canonical_name(owner, owner_shape.domain); }
  std::string target_domain() const { return canonical_name(target, target_shape.domain); }

  bool is_enumeration() const { return owner_shape.role == NameRole::enumeration; }
  bool is_meta() const { return is_enumeration() && ascii::equal(owner[0], "_services"); }
  bool lists_instances() const {
    if (owner_shape.role != NameRole::browse && owner_shape.role != NameRole::subtype) return false;
    return detail::is_transport(owner[owner_shape.service + 1]) ||
           target_shape.role != NameRole::none;
  }
  bool leads_into_subtypes() const {
    if (target_shape.role == NameRole::subtype) return true;
    return target_shape.role == NameRole::split &&
           ascii::equal(target[target_shape.service - 1], "_sub");
  }
  bool same_type() const {
    const std::size_t ours = owner_shape.service;
    const std::size_t theirs = target_shape.service;
    return ascii::equal(owner[ours], target[theirs]) &&
           ascii::equal(owner[ours + 1], target[theirs + 1]);
  }
  /// Whether it can be said if the domains differ: not with one relative name.
  bool is_comparable() const { return owner.absolute() == target.absolute(); }
};

namespace {

bool has_target(const ZoneRecord& record) {
  return record.type == "PTR" && record.is_internet && record.fields.size() == 1 &&
         record.owner.find('_') != std::string::npos;
}

std::string key(std::string_view list, std::string_view owner_domain,
                std::string_view domain = {}) {
  return concat({list, " ", owner_domain, " ", domain});
}

}  // namespace

ZonePointers::ZonePointers(const Definition& zone, ZoneIndex& index, ZoneJudge& judge)
    : index_(index), judge_(judge) {
  for (const ZoneRecord& record : zone.records) {
    if (has_target(record)) collect(record);
  }
}

void ZonePointers::collect(const ZoneRecord& record) {
  Pointer pointer{record, {}, {}, {}, {}};
  if (!pointer.decode()) return;
  if (pointer.is_meta()) {
    meta_.insert(pointer.target_name());
    metas_.insert(pointer.owner_domain());
  } else if (pointer.is_enumeration()) {
    std::string list(pointer.owner[0]);
    for (char& c : list) c = ascii::fold(c);
    offered_.insert(key(list, pointer.owner_domain()));
    domains_.insert(key(list, pointer.owner_domain(), pointer.target_name()));
  } else if (pointer.owner_shape.role == NameRole::browse) {
    listed_.insert(pointer.target_name());
  }
}

void ZonePointers::check(const ZoneRecord& record, ZoneIndex::Entry& owner) {
  if (!has_target(record) || judge_.is_too_long(name_of(record.fields[0]))) return;
  Pointer pointer{record, {}, {}, {}, {}};
  if (!pointer.decode()) {
    judge_.check_syntax(name_of(record.fields[0]));
    return;
  }
  const NameRole role = pointer.owner_shape.role;
  if (role == NameRole::none) return;
  if (pointer.is_enumeration()) {
    check_owner(pointer, owner);
    return pointer.is_meta() ? check_type(pointer) : check_domain(pointer);
  }
  if (role == NameRole::instance || role == NameRole::split) return check_owner(pointer, owner);
  if (!pointer.lists_instances()) return;
  check_owner(pointer, owner);
  check_instance(pointer);
}

void ZonePointers::check_owner(const Pointer& pointer, ZoneIndex::Entry& owner) {
  if (std::exchange(owner.second.is_judged, true)) return;
  const NameShape& shape = pointer.owner_shape;
  std::size_t known_from = std::string_view::npos;
  if (shape.role == NameRole::browse || shape.role == NameRole::subtype) {
    const bool is_new = is_new_type(canonical_name(pointer.owner, shape.service));
    if (!is_new) known_from = pointer.owner.source(shape.service).front();
  }
  judge_.check(Kind::browse_name, owner_of(pointer.record), true, known_from);
  if (shape.role == NameRole::browse) check_listed(pointer);
}

/// PT008: the meta-query's answer should have every type.
void ZonePointers::check_listed(const Pointer& pointer) {
  if (!index_.is_complete() || !metas_.contains(pointer.owner_domain())) return;
  if (meta_.contains(canonical_name(pointer.owner, 0))) return;
  judge_.apply(zone_rules(), {ZoneFaultCode::type_not_listed, pointer.record.owner_at},
               owner_of(pointer.record), SourceMap());
}

void ZonePointers::fault(std::string_view id, const Pointer& pointer, Note note) {
  if (note.detail.empty()) note.detail = pointer.record.fields[0].value;
  judge_.report(id, pointer.place(), std::move(note));
}

void ZonePointers::check_instance(const Pointer& pointer) {
  if (pointer.leads_into_subtypes()) return fault("PT004", pointer);
  if (pointer.target_shape.role == NameRole::split) {
    judge_.check(Kind::full_name, name_of(pointer.record.fields[0]), false);
    return;
  }
  if (pointer.target_shape.role != NameRole::instance) return fault("PT001", pointer);
  if (!pointer.same_type()) return fault("PT002", pointer);
  if (!pointer.is_comparable()) return;
  if (pointer.owner_domain() != pointer.target_domain()) return fault("PT003", pointer);
  check_instance_records(pointer);
}

void ZonePointers::check_instance_records(const Pointer& pointer) {
  const std::string target = pointer.target_name();
  const bool is_subtype = pointer.owner_shape.role == NameRole::subtype;
  if (is_subtype && index_.is_complete() && !lists(target)) {
    fault("PT005", pointer, {.help = "Add a PTR record to it at the type, too."});
  }
  const ZoneName* has = index_.find(target);
  if (has != nullptr && has->srv > 0) return;  // it is judged there
  if (!done_.insert(target).second) return;
  if (has != nullptr && has->alias != nullptr) {
    return judge_.apply(
        zone_rules(),
        {ZoneFaultCode::pointer_target_is_alias, pointer.place(), pointer.record.fields[0].value},
        owner_of(pointer.record), SourceMap());
  }
  const WrittenName name = name_of(pointer.record.fields[0]);
  if (has == nullptr || !has->is_judged) {
    const std::size_t known_from = pointer.target.source(pointer.target_shape.service).front();
    judge_.check(Kind::full_name, name, false, known_from);
  }
  if (!index_.is_complete() || !index_.is_inside(target) || index_.is_covered(target)) return;
  if (ascii::equal(pointer.target[pointer.target_shape.service], "_device-info")) return;
  fault("PT010", pointer,
        {.help = "Add its SRV and TXT records, or remove the PTR record; check the spelling of "
                 "both names."});
}

/// An entry of the list of types.
void ZonePointers::check_type(const Pointer& pointer) {
  const NameShape& shape = pointer.target_shape;
  const bool has_domain = pointer.target.count() > shape.domain || !pointer.target.absolute();
  if (shape.role != NameRole::browse || !has_domain) return fault("PT006", pointer);
  if (pointer.is_comparable() && pointer.owner_domain() != pointer.target_domain()) {
    return fault("PT007", pointer);
  }
  if (is_new_type(pointer.target_name())) {
    judge_.check(Kind::browse_name, name_of(pointer.record.fields[0]));
  }
}

/// A domain to browse or to register in. "local." is multicast DNS's, and fine.
void ZonePointers::check_domain(const Pointer& pointer) {
  constexpr std::string_view lists[] = {"b", "db", "r", "dr", "lb"};
  const std::string_view list = pointer.owner[0];
  const auto is_it = [&](std::string_view known) { return ascii::equal(known, list); };
  if (std::ranges::none_of(lists, is_it)) return;  // PT009
  const std::string domain = pointer.target_name();
  if (domain != "local." && pointer.record.fields[0].value != "@") {
    judge_.check(Kind::domain, name_of(pointer.record.fields[0]));
  }
  const bool is_default = ascii::equal(list, "db") || ascii::equal(list, "dr");
  if (!is_default || !index_.is_complete()) return;
  const std::string_view whole = ascii::equal(list, "db") ? "b" : "r";
  if (!offered_.contains(key(whole, pointer.owner_domain()))) return;
  if (domains_.contains(key(whole, pointer.owner_domain(), domain))) return;
  judge_.apply(zone_rules(),
               {ZoneFaultCode::default_not_listed, pointer.place(), pointer.record.fields[0].value},
               owner_of(pointer.record), SourceMap());
}

}  // namespace srvwarden::rules
