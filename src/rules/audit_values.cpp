// Judging what is announced as what is written in a definition would be.
// SPDX-License-Identifier: Apache-2.0
#include "rules/audit_values.hpp"

#include <map>
#include <set>
#include <string>

#include "census/name_labels.hpp"
#include "core/hex.hpp"
#include "rules/instance_set.hpp"
#include "rules/sequence_end.hpp"
#include "rules/service_subjects.hpp"
#include "srvwarden/check.hpp"
#include "srvwarden/registry.hpp"
#include "srvwarden/service_type.hpp"
#include "srvwarden/txt_record.hpp"

namespace srvwarden::rules {

namespace {

using census::Instance;
using census::Observation;
using wire::NameView;
using wire::Type;

std::string srv_text(const Observation& record) {
  const auto fields = record.srv().value_or(wire::SrvFields{});
  return std::to_string(fields.priority) + ' ' + std::to_string(fields.weight) + ' ' +
         std::to_string(fields.port) + ' ' + record.target().text();
}

const Observation& first_record(const Instance& instance) {
  for (const auto* records : {&instance.pointers, &instance.subtypes, &instance.services}) {
    if (!records->empty()) return *records->front();
  }
  return *instance.texts.front();
}

class ValueJudge {
 public:
  ValueJudge(const census::Census& census, const AuditOptions& options, AuditFindings& findings)
      : census_(census),
        findings_(findings),
        advice_(options.advice),
        registry_(options.registry),
        checker_(
            {.context = Context::mdns, .advice = options.advice, .registry = options.registry}) {}

  void judge(const Instance& instance, wire::Time end) {
    const NameView name(instance.name);
    check(name, Kind::full_name, name.text(), first_record(instance));
    judged_types_.insert(name.without(1).text());
    std::set<std::string_view> texts;
    for (const Observation* text : instance.texts) {
      if (!texts.insert(text->rdata()).second) continue;
      check(name, Kind::txt_rdata, to_hex(text->rdata()), *text);
      judge_defined_txt(name, *text);
    }
    judge_services(instance);
    judge_whole(instance, end);
  }

  void judge_record(const Observation& record) {
    switch (record.type()) {
      case Type::a:
      case Type::aaaa:
        return judge_host(record.owner(), record);
      case Type::srv:
        return judge_host(record.target(), record);
      case Type::ptr: {
        judge_type(record.owner(), record);
        const NameRole role = census::shape_of_name(record.owner(), true).role;
        if (role == NameRole::enumeration) judge_type(record.target(), record);
        return;
      }
      default:
        return;
    }
  }

 private:
  /// Whether the keys are those that the registry defines for the type.
  void judge_defined_txt(NameView name, const Observation& text) {
    const census::NameLabels labels(name);
    const NameShape shape = shape_of(labels, false);
    if (registry_ == nullptr || shape.role != NameRole::instance) return;
    const std::string_view service = labels[shape.service].substr(1);
    const bool udp = ascii::equal(labels[shape.service + 1], label_of(Transport::udp));
    const TxtKeys defined = registry_->txt_keys(service, TransportSet::of_label(udp));
    const Policy policy{.context = Context::mdns, .advice = advice_};
    Findings found;
    std::vector<std::string_view> strings;
    TxtStrings each(text.rdata());
    while (const auto string = each.next()) {
      run(defined_txt_string_rules(), {*string, defined}, policy, SourceMap(), found);
      strings.push_back(*string);
    }
    run(defined_txt_record_rules(), {strings, defined}, policy, SourceMap(), found);
    for (Finding& finding : found) {
      finding.suggestion.clear();  // of a string: the record is what the audit shows
      add(name, finding, text);
    }
  }

  void judge_services(const Instance& instance) {
    std::map<std::string, const Observation*> services;
    for (const Observation* service : instance.services) {
      services.try_emplace(srv_text(*service), service);
    }
    for (const auto& [text, service] : services) {
      for (const Finding& finding : checker_.check(Kind::srv, text)) {
        const bool is_about_host =
            !finding.rule->id.starts_with("SR");  // which is judged by itself
        const bool is_a_choice = finding.rule->id == "SR002" && services.size() > 1;
        if (!is_about_host && !is_a_choice) add(NameView(instance.name), finding, *service);
      }
    }
  }

  void judge_whole(const Instance& instance, wire::Time end) {
    Findings found;
    run(instance_set_rules(), InstanceSet{instance, census_, end},
        {.context = Context::mdns, .advice = advice_}, SourceMap(), found);
    run(withdrawal_rules(), InstanceSet{instance, census_, end},
        {.context = Context::mdns, .advice = advice_}, SourceMap(), found);
    for (const Finding& finding : found) {
      add(NameView(instance.name), finding, first_record(instance));
    }
  }

  void judge_host(NameView name, const Observation& record) {
    if (name.is_root() || !judged_hosts_.insert(name.text()).second) return;
    check(name, Kind::host_name, name.text(), record);
  }

  void judge_type(NameView name, const Observation& record) {
    const NameRole role = census::shape_of_name(name, true).role;
    if (role != NameRole::browse && role != NameRole::subtype && role != NameRole::enumeration) {
      return;
    }
    if (judged_types_.insert(name.text()).second) {
      check(name, Kind::browse_name, name.text(), record);
    }
  }

  void check(NameView object, Kind kind, const std::string& value, const Observation& record) {
    for (const Finding& finding : checker_.check(kind, value)) add(object, finding, record);
  }

  void add(NameView object, const Finding& finding, const Observation& record) {
    const std::string where(census_.interface_name(record.interface()));
    findings_.add_name(object, finding, {record.first(), where}, {record.last(), where},
                       record.count());
  }

  const census::Census& census_;
  AuditFindings& findings_;
  bool advice_;
  const Registry* registry_;
  Checker checker_;
  std::set<std::string> judged_hosts_;
  std::set<std::string> judged_types_;
};

}  // namespace

void judge_values(const census::Census& census, const std::vector<Instance>& instances,
                  const AuditOptions& options, wire::Time end, AuditFindings& findings) {
  ValueJudge judge(census, options, findings);
  for (const Instance& instance : instances) judge.judge(instance, end);
  for (const Observation& record : census.records()) judge.judge_record(record);
}

}  // namespace srvwarden::rules
