// ZoneJudge: single values of a zone before the rules.
// SPDX-License-Identifier: Apache-2.0
#include "rules/zone_judge.hpp"

#include <algorithm>
#include <utility>

#include "srvwarden/catalogue.hpp"
#include "srvwarden/domain_name.hpp"

namespace srvwarden::rules {
namespace {

/// Bytes of text: 255 octets, each as "\DDD".
constexpr std::size_t longest_name = 1024;

/// What ends a word of a master file, so that names have it escaped.
constexpr std::string_view specials = " \t;()\"";

/// A repaired name as it would be written in the place of `name`; empty where it would not fit.
std::string written_name(std::string_view repaired, const WrittenName& name) {
  const std::string_view origin = name.value.substr(name.written);
  if (!repaired.ends_with(origin)) return {};
  repaired.remove_suffix(origin.size());
  std::string out;
  for (std::size_t at = 0; at < repaired.size();) {
    const PresentationStep step = read_presentation(repaired, at);
    if (step.size == 1 && specials.find(repaired[at]) != specials.npos) out += '\\';
    out += repaired.substr(at, step.size);
    at += step.size;
  }
  return out;
}

/// Rules that need the whole name, which an unknown origin hides.
bool needs_domain(std::string_view id) { return id == "DN001" || id == "DN002" || id == "HN002"; }

/// The place of a finding; the whole name where it is about the origin.
Span place_in(const WrittenName& name, Span found) {
  const Span at = SourceMap(name.at.offset, name.written)(found);
  return at.length == 0 && found.length > 0 ? name.at : at;
}

bool is_syntax(const RuleInfo& rule) {
  return rule.id.starts_with("ES") || rule.id.starts_with("NM");
}

}  // namespace

bool WrittenName::is_relative() const {
  const auto labels = Labels::parse(value);
  return value == "@" || (labels && !labels->absolute());
}

WrittenName owner_of(const ZoneRecord& record) {
  const std::size_t written = record.owner_at.length;
  return {record.owner, std::min(written, record.owner.size()), record.owner_at};
}

WrittenName name_of(const DefinitionText& field) {
  return {field.value, std::min(field.length, field.value.size()), {field.at.offset, field.length}};
}

ZoneJudge::ZoneJudge(const Definition& zone, const CheckOptions& options)
    : options_(options), is_unicast_(!zone.origin.empty()), checkers_(options) {}

Context ZoneJudge::context_for(const WrittenName& name) const {
  if (options_.context != Context::automatic) return options_.context;
  return is_unicast_ || name.is_relative() ? Context::unicast : Context::automatic;
}

Policy ZoneJudge::policy_for(const WrittenName& name) const {
  Context context = context_for(name);
  if (context == Context::automatic) {
    const auto labels = Labels::parse(name.value);
    context = labels && is_multicast_domain(*labels, 0) ? Context::mdns : Context::unicast;
  }
  return {context, options_.advice};
}

bool ZoneJudge::check(Kind kind, const WrittenName& name, bool registered, std::size_t known_from,
                      Keep* keep) {
  if (is_too_long(name)) return true;
  const std::size_t before = findings_.size();
  const bool relative = name.is_relative();
  for (const Finding& found : checkers_.in(context_for(name), registered).check(kind, name.value)) {
    const std::string_view id = found.rule->id;
    if (found.at.offset >= known_from && known_from < name.value.size()) continue;
    if ((relative && needs_domain(id)) || (keep != nullptr && !keep(*found.rule))) continue;
    if (id == "DN004" && std::exchange(told_local_, true)) continue;  // as the whole zone is
    if (id == "DN003" && is_unicast_) continue;                       // DN004 says more
    Finding& finding = findings_.emplace_back(found);
    finding.suggestion = written_name(found.suggestion, name);
    finding.at = place_in(name, finding.at);
    for (Span& span : finding.more) span = place_in(name, span);
  }
  return findings_.size() > before;
}

bool ZoneJudge::is_too_long(const WrittenName& name) {
  if (name.value.size() <= longest_name) return false;
  report("NM002", name.at, {.detail = std::to_string(name.value.size()) + " bytes"});
  return true;
}

bool ZoneJudge::check_syntax(const WrittenName& name) {
  const bool is_plain = !name.value.starts_with('_') && name.value.find("._") == name.value.npos;
  if (name.value == "@") return true;
  if (is_plain ? DomainName::parse(name.value).has_value()
               : Labels::parse(name.value).has_value()) {
    return true;
  }
  return !check(Kind::domain, name, false, std::string_view::npos, is_syntax);
}

void ZoneJudge::report(std::string_view id, Span at, Note note) {
  const Policy policy{options_.context, options_.advice};
  Report(*find_rule(id), policy, SourceMap(), findings_)(at, std::move(note));
}

}  // namespace srvwarden::rules
