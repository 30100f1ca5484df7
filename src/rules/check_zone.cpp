// check_zone: which rules look at which records of a zone.
// SPDX-License-Identifier: Apache-2.0
#include "rules/check_zone.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include "core/concat.hpp"
#include "rules/definition_rules.hpp"
#include "rules/definition_text.hpp"
#include "rules/service_subjects.hpp"
#include "rules/service_txt.hpp"
#include "rules/zone_index.hpp"
#include "rules/zone_judge.hpp"
#include "rules/zone_pointers.hpp"
#include "rules/zone_rules.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/catalogue.hpp"
#include "srvwarden/name_shape.hpp"
#include "srvwarden/registry.hpp"
#include "srvwarden/service_type.hpp"

namespace srvwarden {
namespace {

using namespace rules;

/// At plain SRV owners service and protocol are the administrator's choice; only underscores are
/// due. RFC 2782.
bool holds_for_plain_srv(const RuleInfo& rule) {
  return rule.id == "ST001" || rule.id == "ST002" || rule.id == "SN001" ||
         rule.id.starts_with("NM") || rule.id.starts_with("ES");
}

/// An address is one whatever the origin behind it.
bool is_about_address(const RuleInfo& rule) { return rule.id == "HN006"; }

/// What an SRV or TXT record needs to know of its owner.
struct Owner {
  const std::string& name;  ///< canonical
  ZoneName& has;
  WrittenName written;
  DecodedName labels;
  NameShape shape;

  bool is_plain() const { return shape.role == NameRole::browse || shape.role == NameRole::none; }
  std::string domain() const { return canonical_name(labels, shape.domain); }
  /// "_http._tcp"
  std::string type() const {
    return concat({labels[shape.service], ".", labels[shape.service + 1]});
  }
};

std::optional<std::uint16_t> port_of(const ZoneRecord& record) {
  std::uint16_t port = 0;
  if (record.fields.size() != 4 || !read_uint16(record.fields[2].value, port)) return {};
  return port;
}

class ZoneCheck {
 public:
  ZoneCheck(const Definition& zone, const CheckOptions& options)
      : zone_(zone), judge_(zone, options), index_(zone), pointers_(zone, index_, judge_) {}

  Findings run() {
    const Policy policy = judge_.policy_for({});
    for (const Problem& problem : zone_.problems) {
      rules::run(definition_problem_rules(), problem, policy, SourceMap(), judge_.findings());
    }
    for (std::size_t i = 0; i < zone_.records.size(); ++i) {
      if (ZoneIndex::Entry* owner = index_.owner(i)) check_record(zone_.records[i], *owner);
    }
    Findings& findings = judge_.findings();
    std::ranges::stable_sort(findings, {}, [](const Finding& f) { return f.at.offset; });
    return std::move(findings);
  }

 private:
  void check_record(const ZoneRecord& record, ZoneIndex::Entry& entry);
  void check_alias(const ZoneRecord& record, const ZoneName& has);
  void check_srv(const ZoneRecord& record, Owner& owner);
  void check_owner(const ZoneRecord& record, Owner& owner);
  void check_fields(const ZoneRecord& record, const Owner& owner);
  void check_port(const ZoneRecord& record, const Owner& owner);
  void check_target(const ZoneRecord& record, const Owner& owner);
  void check_txt(const ZoneRecord& record, Owner& owner);

  void fault(ZoneFaultCode code, Span at, std::string detail = {}) {
    judge_.apply(zone_rules(), ZoneFault{code, at, std::move(detail)}, {}, SourceMap());
  }

  const Definition& zone_;
  ZoneJudge judge_;
  ZoneIndex index_;
  ZonePointers pointers_;
  std::unordered_set<std::string> targets_;  // judged
  const ZoneName* last_ = nullptr;
  bool last_is_name_ = false;  // its owner is one
};

void ZoneCheck::check_record(const ZoneRecord& record, ZoneIndex::Entry& entry) {
  if (record.type == "CNAME") check_alias(record, entry.second);
  if (last_ != &entry.second) {
    last_ = &entry.second;
    last_is_name_ = judge_.check_syntax(owner_of(record));
  }
  if (!last_is_name_) return;
  if (record.type == "PTR") return pointers_.check(record, entry);
  if (record.is_generic || (record.type != "SRV" && record.type != "TXT")) return;
  Owner owner{entry.first, entry.second, owner_of(record), {}, {}};
  owner.labels.decode(record.owner);
  owner.shape = shape_of(owner.labels, true);
  record.type == "SRV" ? check_srv(record, owner) : check_txt(record, owner);
}

void ZoneCheck::check_alias(const ZoneRecord& record, const ZoneName& has) {
  if (has.alias == &record && has.has_other) {
    fault(ZoneFaultCode::alias_beside_other_data, place_of(record));
  }
}

void ZoneCheck::check_srv(const ZoneRecord& record, Owner& owner) {
  check_owner(record, owner);
  if (record.fields.size() != 4) {
    return judge_.report("SR001", place_of(record),
                         {.detail = std::to_string(record.fields.size()) + " fields"});
  }
  check_fields(record, owner);
  if (!owner.is_plain()) check_port(record, owner);
  if (record.fields[3].value != ".") check_target(record, owner);
  if (owner.shape.role != NameRole::instance || owner.has.first_srv != &record) return;
  if (owner.has.txt > 0 || !index_.is_complete() || !pointers_.lists(owner.name)) return;
  judge_.report("TX025", place_of(record),
                {.help = "Add a TXT record; one without attributes is: TXT \"\""});
}

void ZoneCheck::check_owner(const ZoneRecord& record, Owner& owner) {
  if (owner.shape.role == NameRole::browse && owner.has.has_pointer) {
    return fault(ZoneFaultCode::srv_without_instance, place_of(record));
  }
  if (std::exchange(owner.has.is_judged, true) || owner.shape.role == NameRole::none) return;
  const std::size_t service = owner.shape.service;
  if (owner.shape.role == NameRole::browse) {
    // "_sip._tls" is RFC 2782's, too.
    if (owner.labels[service].starts_with('_') && owner.labels[service + 1].starts_with('_') &&
        owner.labels[service].size() > 1) {
      return;
    }
    judge_.check(Kind::browse_name, owner.written, false, std::string_view::npos,
                 holds_for_plain_srv);
    return;
  }
  const bool is_new = pointers_.is_new_type(canonical_name(owner.labels, service));
  const std::size_t known_from =
      is_new ? std::string_view::npos : owner.labels.source(service).front();
  judge_.check(Kind::full_name, owner.written, true, known_from);
}

void ZoneCheck::check_fields(const ZoneRecord& record, const Owner& owner) {
  SrvParts parts;
  for (std::size_t i = 0; i < 4; ++i) parts.add(i, record.fields[i], "", record.at.offset);
  Findings& findings = judge_.findings();
  const std::size_t before = findings.size();
  judge_.apply(srv_rules(), parts.srv(), owner.written, SourceMap(std::span(parts.offsets)));
  const auto first = findings.begin() + static_cast<std::ptrdiff_t>(before);
  const auto is_not_meant = [&](const Finding& finding) {
    const std::string_view id = finding.rule->id;
    if (id == "SR002") return owner.is_plain() || owner.has.srv > 1;
    return id == "SR005" && owner.is_plain();
  };
  findings.erase(std::remove_if(first, findings.end(), is_not_meant), findings.end());
  for (std::size_t i = before; i < findings.size(); ++i) {
    if (!findings[i].suggestion.empty()) findings[i].suggestion = "0";
  }
}

void ZoneCheck::check_port(const ZoneRecord& record, const Owner& owner) {
  const auto port = port_of(record);
  if (!port) return;
  const DefinitionText& text = record.fields[2];
  if (*port == 0 && pointers_.lists(owner.name)) {
    judge_.report("SR006", {text.at.offset, text.length});
  }
  const auto type = ServiceType::parse(owner.type());
  if (judge_.registry() == nullptr || *port == 0 || !type || owner.shape.role != NameRole::instance)
    return;
  judge_.apply(registry_port_rules(),
               {type->name().text(), type->transport() == Transport::udp, *port, text.value.size(),
                *judge_.registry()},
               owner.written, map_of(text));
}

void ZoneCheck::check_target(const ZoneRecord& record, const Owner& owner) {
  const DefinitionText& field = record.fields[3];
  const Span at{field.at.offset, field.length};
  const WrittenName written = name_of(field);
  if (judge_.is_too_long(written)) return;
  const std::string target = canonical_name(field.value);
  const WrittenName alone{written.value.substr(0, written.written), written.written, at};
  const bool may_be_address = alone.written > 0 && ascii::is_digit(alone.value.back());
  if (may_be_address &&
      judge_.check(Kind::host_name, alone, false, std::string_view::npos, is_about_address)) {
    return;
  }
  if (field.value != "@" && targets_.insert(target).second) {
    judge_.check(Kind::host_name, written, false);
  }
  const ZoneName* has = index_.find(target);
  if (has != nullptr && has->alias != nullptr) {
    return fault(ZoneFaultCode::target_is_alias, at, field.value);
  }
  const bool inside = index_.is_inside(target);
  if (owner.shape.role == NameRole::instance && !written.is_relative() && owner.labels.absolute()) {
    const bool is_near = zone_.origin.empty() ? is_below(target, owner.domain()) : inside;
    if (!is_near) return judge_.report("SR013", at, {.detail = field.value});
  }
  const bool has_address = has != nullptr && has->has_address;
  if (has_address || !inside || zone_.origin.empty() || !index_.is_complete()) return;
  if (index_.is_covered(target)) return;
  judge_.report("SR003", at,
                {.detail = field.value,
                 .help = "Add its A or AAAA record, or check the spelling; a name without a dot at "
                         "its end has the origin added."});
}

void ZoneCheck::check_txt(const ZoneRecord& record, Owner& owner) {
  if (owner.shape.role != NameRole::instance) return;
  const std::string type = owner.type();
  const bool is_service = owner.has.srv > 0 || pointers_.lists(owner.name) ||
                          ascii::equal(owner.labels[owner.shape.service], "_device-info");
  if (!is_service) return;
  const ZoneRecord* srv = owner.has.first_srv;
  const ServiceTxt txt{record.fields, type, srv != nullptr ? port_of(*srv) : std::nullopt,
                       srv != nullptr && srv->fields.size() == 4
                           ? std::string_view(srv->fields[3].value)
                           : std::string_view(),
                       record.at.offset};
  check_service_txt(txt, judge_.registry(), judge_.policy_for(owner.written), judge_.findings());
  if (owner.has.txt < 2 || ascii::equal(type, "_printer._tcp")) return;
  if (std::exchange(owner.has.is_txt_told, true)) return;
  judge_.report("TX024", place_of(record),
                {.detail = std::to_string(owner.has.txt),
                 .help = "Put all strings into one record: readers take any one record."});
}

}  // namespace

Findings check_zone(const Definition& zone, const CheckOptions& options) {
  return ZoneCheck(zone, options).run();
}

}  // namespace srvwarden
