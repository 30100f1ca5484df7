// Describing each instance, and giving every finding to the object that it is about.
// SPDX-License-Identifier: Apache-2.0
#include "rules/audit_result.hpp"

#include <algorithm>

#include "census/name_labels.hpp"
#include "rules/audit_values.hpp"
#include "rules/sequence_end.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/presentation.hpp"
#include "srvwarden/registry.hpp"
#include "srvwarden/txt_record.hpp"

namespace srvwarden::rules {

namespace {

using census::Instance;
using census::Observation;
using wire::NameView;
using wire::Type;

using Observations = std::vector<const Observation*>;

void add_once(std::vector<std::string>& out, std::string text) {
  if (!text.empty() && std::ranges::find(out, text) == out.end()) out.push_back(std::move(text));
}

/// Fills the description of one instance from its records.
class Describer {
 public:
  Describer(const census::Census& census, const Registry* registry, wire::Time end)
      : census_(census), registry_(registry), end_(end) {}

  AuditedInstance describe(const Instance& instance) const {
    AuditedInstance out;
    const NameView name(instance.name);
    out.object.kind = ObjectKind::instance;
    out.object.name = name.text();
    out.label = name.label(0);
    const std::size_t service = std::max<std::size_t>(
        1, census::shape_of_name(name, false).service);  // more labels before: a split name
    out.type =
        to_presentation(name.label(service)) + '.' + to_presentation(name.label(service + 1));
    out.domain = name.without(service + 2).text();
    if (registry_ && name.label(service).starts_with('_')) {
      out.title = registry_->title(name.label(service).substr(1));
    }
    add_sightings(instance, out);
    add_records(instance, out);
    return out;
  }

 private:
  /// Where there are live records, the others are history; else those that others replaced are.
  Observations current(const Observations& records) const {
    Observations live;
    std::ranges::copy_if(records, std::back_inserter(live),
                         [this](const Observation* record) { return record->is_live(end_); });
    if (!live.empty()) return live;
    std::ranges::copy_if(records, std::back_inserter(live),
                         [](const Observation* record) { return !record->was_flushed(); });
    return live.empty() ? records : live;
  }

  void add_records(const Instance& instance, AuditedInstance& out) const {
    for (const Observation* service : current(instance.services)) {
      const auto fields = service->srv();
      AuditedService audited{service->target().text(), fields.value_or(wire::SrvFields{})};
      const auto same = [&](const AuditedService& known) {
        return known.host == audited.host && known.fields == audited.fields;
      };
      if (std::ranges::none_of(out.services, same)) out.services.push_back(std::move(audited));
    }
    for (const Observation* address : current(instance.addresses)) {
      add_once(out.addresses, address->address().text());
    }
    std::vector<std::string_view> texts;
    for (const Observation* text : current(instance.texts)) {
      if (std::ranges::find(texts, text->rdata()) != texts.end()) continue;
      texts.push_back(text->rdata());
      TxtStrings strings(text->rdata());
      while (const auto string = strings.next()) {
        if (!string->empty()) out.txt.emplace_back(*string);
      }
    }
    for (const Observation* subtype : current(instance.subtypes)) {
      add_once(out.subtypes, std::string(subtype->owner().label(0)));
    }
  }

  void add_sightings(const Instance& instance, AuditedInstance& out) const {
    out.gone = true;
    bool is_first = true;
    for (const auto* records :
         {&instance.pointers, &instance.subtypes, &instance.services, &instance.texts}) {
      for (const Observation* record : *records) {
        out.first = is_first ? record->first().time : std::min(out.first, record->first().time);
        out.last = is_first ? record->last().time : std::max(out.last, record->last().time);
        is_first = false;
        if (record->is_live(end_)) out.gone = false;
        add_once(out.interfaces, std::string(census_.interface_name(record->interface())));
        for (const census::SenderId sender : record->senders()) {
          add_once(out.sources, census_.senders()[sender].address.text());
        }
      }
    }
  }

  const census::Census& census_;
  const Registry* registry_;
  wire::Time end_;
};

std::string folded(std::string_view octets) {
  std::string out(octets);
  std::ranges::transform(out, out.begin(), ascii::fold);
  return out;
}

/// What a name is that no instance has.
ObjectKind kind_of(const census::Census& census, NameView name) {
  const NameRole role = census::shape_of_name(name, true).role;
  if (role == NameRole::browse || role == NameRole::subtype || role == NameRole::enumeration) {
    return ObjectKind::type;
  }
  for (const Type type : {Type::a, Type::aaaa}) {
    if (!census.find(name, type).empty()) return ObjectKind::host;
  }
  return ObjectKind::name;
}

/// The first name that each address was announced for.
std::map<std::string, std::string> hosts_by_address(const census::Census& census) {
  std::map<std::string, std::string> hosts;
  for (const Observation& record : census.records()) {
    if (record.type() != Type::a && record.type() != Type::aaaa) continue;
    hosts.try_emplace(record.address().text(), record.owner().text());
  }
  return hosts;
}

std::optional<Severity> worst_of(const std::vector<AuditFinding>& findings) {
  if (findings.empty()) return std::nullopt;
  return findings.front().finding.severity;  // sorted
}

}  // namespace

AuditResult make_result(const census::Census& census, AuditFindings findings,
                        const AuditOptions& options, wire::Time end) {
  AuditResult result;
  result.counts = census.counts();
  result.last = census.now();
  const std::vector<Instance> instances = census.instances();
  judge_values(census, instances, options, end, findings);
  judge_ends(census, {.context = Context::mdns, .advice = options.advice}, end, findings);
  const Describer describer(census, options.registry, end);
  std::map<std::string, std::size_t> index;
  result.instances.reserve(instances.size());
  for (const Instance& instance : instances) {
    index.emplace(folded(instance.name), result.instances.size());
    result.instances.push_back(describer.describe(instance));
  }
  const auto hosts = hosts_by_address(census);
  for (auto& [key, object] : findings.objects()) {
    auto sorted = std::move(object.findings);
    sort_findings(sorted);
    const auto instance = object.is_sender ? index.end() : index.find(key.second);
    if (instance != index.end()) {
      result.instances[instance->second].object.findings = std::move(sorted);
      continue;
    }
    AuditObject other;
    other.findings = std::move(sorted);
    if (object.is_sender) {
      other.kind = ObjectKind::sender;
      other.name = object.name;
      if (const auto host = hosts.find(object.name); host != hosts.end()) other.host = host->second;
    } else {
      other.kind = kind_of(census, NameView(object.name));
      other.name = NameView(object.name).text();
    }
    result.others.push_back(std::move(other));
  }
  result.findings_dropped = findings.dropped();
  sort_worst_first(result);
  return result;
}

void sort_worst_first(AuditResult& result) {
  std::ranges::stable_sort(result.instances, [](const auto& a, const auto& b) {
    return worst_of(a.object.findings) > worst_of(b.object.findings);
  });
  std::ranges::stable_sort(result.others, [](const AuditObject& a, const AuditObject& b) {
    if (a.kind != b.kind) return a.kind < b.kind;
    return worst_of(a.findings) > worst_of(b.findings);
  });
}

}  // namespace srvwarden::rules
