// ZoneIndex: one hash of names.
// SPDX-License-Identifier: Apache-2.0
#include "rules/zone_index.hpp"

#include <algorithm>

#include "srvwarden/ascii.hpp"

namespace srvwarden::rules {
namespace {

void append_octet(std::string& out, char octet) {
  if (octet == '.' || octet == '\\') out += '\\';
  out += ascii::fold(octet);
}

bool is_absolute(std::string_view canonical) {
  return canonical == "." || (canonical.ends_with('.') && !canonical.ends_with("\\."));
}

/// The canonical name without its first label, or nothing.
std::string_view parent(std::string_view name) {
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (name[at] == '\\') {
      ++at;
    } else if (name[at] == '.') {
      return name.substr(at + 1);
    }
  }
  return {};
}

/// Types that sign an alias or prove that it is there. RFC 4035 §2.5.
bool may_stand_beside_alias(std::string_view type) {
  return type == "CNAME" || type == "RRSIG" || type == "NSEC" || type == "SIG" || type == "NXT" ||
         type == "KEY";
}

bool same_target(const ZoneRecord& a, const ZoneRecord& b) {
  return a.fields.size() == 1 && b.fields.size() == 1 &&
         canonical_name(a.fields[0].value) == canonical_name(b.fields[0].value);
}

}  // namespace

std::string canonical_name(std::string_view name) {
  std::string out;
  out.reserve(name.size());
  for (std::size_t at = 0; at < name.size();) {
    const PresentationStep step = read_presentation(name, at);
    if (step.is_separator || step.code != Errc::none) {
      out += name.substr(at, step.size);
    } else {
      append_octet(out, step.octet);
    }
    at += step.size;
  }
  return out;
}

std::string canonical_name(const DecodedName& name, std::size_t first) {
  std::string out;
  for (std::size_t i = first; i < name.count(); ++i) {
    for (const char octet : name[i]) append_octet(out, octet);
    if (i + 1 < name.count() || name.absolute()) out += '.';
  }
  return out;
}

bool is_below(std::string_view name, std::string_view domain) {
  if (domain == ".") return true;
  if (!name.ends_with(domain)) return false;
  const std::string_view before = name.substr(0, name.size() - domain.size());
  return before.empty() || (before.ends_with('.') && !before.ends_with("\\."));
}

ZoneIndex::ZoneIndex(const Definition& zone)
    : origin_(canonical_name(zone.origin)), is_complete_(!zone.partial) {
  owners_.reserve(zone.records.size());
  Entry* last = nullptr;
  std::string_view last_owner;
  for (const ZoneRecord& record : zone.records) {
    if (!record.is_internet) {
      owners_.push_back(nullptr);
      continue;
    }
    if (last == nullptr || record.owner != last_owner) {
      last = &*names_.try_emplace(canonical_name(record.owner)).first;
      last_owner = record.owner;
      // The origin is not known, and this may be a name of it or not.
      if (!is_absolute(origin_) && is_absolute(last->first)) is_complete_ &= origin_.empty();
    }
    owners_.push_back(last);
    add(record, *last);
  }
}

void ZoneIndex::add(const ZoneRecord& record, Entry& entry) {
  auto& [name, has] = entry;
  const std::string_view type = record.type;
  if (type == "SRV") {
    if (has.srv++ == 0) has.first_srv = &record;
  } else if (type == "TXT") {
    ++has.txt;
  } else if (type == "A" || type == "AAAA" || type == "ALIAS" || type == "ANAME" || type == "LUA") {
    has.has_address = true;
  } else if (type == "PTR") {
    has.has_pointer = true;
  } else if (type == "DNAME" || (type == "NS" && name != origin_)) {
    covers_.insert("*." + name);
    if (type == "NS") covers_.insert(name);
  } else if (type == "CNAME") {
    if (has.alias == nullptr) has.alias = &record;
    has.has_other |= !same_target(*has.alias, record);
  }
  if (name.starts_with("*.")) covers_.insert(name);
  has.has_other |= !may_stand_beside_alias(type);
}

ZoneName* ZoneIndex::find(const std::string& name) {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : &found->second;
}

bool ZoneIndex::is_inside(std::string_view name) const {
  if (!is_absolute(origin_)) return origin_.empty() || !is_absolute(name);
  return is_below(name, origin_);
}

bool ZoneIndex::is_covered(const std::string& name) const {
  if (covers_.empty()) return false;
  if (covers_.contains(name)) return true;
  for (std::string_view rest = parent(name); !rest.empty(); rest = parent(rest)) {
    if (covers_.contains(std::string(rest)) || covers_.contains("*." + std::string(rest))) {
      return true;
    }
  }
  return false;
}

}  // namespace srvwarden::rules
