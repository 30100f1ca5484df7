// An audit for programs.
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "core/hex.hpp"
#include "report/audit_report.hpp"
#include "report/finding_json.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::report {

namespace {

using nlohmann::ordered_json;
using rules::AuditedInstance;
using rules::AuditFinding;
using rules::AuditObject;
using rules::AuditResult;
using rules::Evidence;

ordered_json to_json(const Evidence& evidence) {
  return {{"packet", evidence.sighting.packet},
          {"time", time_text(evidence.sighting.time)},
          {"source", evidence.sighting.source.text()},
          {"where", evidence.where}};
}

ordered_json to_json(const std::vector<AuditFinding>& findings) {
  ordered_json out = ordered_json::array();
  for (const AuditFinding& finding : findings) {
    ordered_json one = report::to_json(finding.finding);
    one["count"] = finding.count;
    one["first"] = to_json(finding.first);
    one["last"] = to_json(finding.last);
    out.push_back(std::move(one));
  }
  return out;
}

/// {"text"}, and {"hex"} where the octets are no UTF-8.
ordered_json octets_json(const std::string& octets) {
  ordered_json out = {{"text", octets}};
  if (utf8::find_ill_formed(octets) != octets.npos) out["hex"] = to_hex(octets);
  return out;
}

ordered_json to_json(const AuditedInstance& instance) {
  ordered_json services = ordered_json::array();
  for (const rules::AuditedService& service : instance.services) {
    services.push_back({{"host", service.host},
                        {"port", service.fields.port},
                        {"priority", service.fields.priority},
                        {"weight", service.fields.weight}});
  }
  ordered_json txt = ordered_json::array();
  for (const std::string& string : instance.txt) txt.push_back(octets_json(string));
  return {{"name", instance.object.name},
          {"instance", octets_json(instance.label)},
          {"type", instance.type},
          {"title", instance.title.empty() ? ordered_json() : ordered_json(instance.title)},
          {"domain", instance.domain},
          {"services", std::move(services)},
          {"addresses", instance.addresses},
          {"txt", std::move(txt)},
          {"subtypes", instance.subtypes},
          {"interfaces", instance.interfaces},
          {"sources", instance.sources},
          {"first", time_text(instance.first)},
          {"last", time_text(instance.last)},
          {"gone", instance.gone},
          {"findings", to_json(instance.object.findings)}};
}

ordered_json to_json(const AuditObject& object) {
  return {{"kind", name_of(object.kind)},
          {"name", object.name},
          {"host", object.host.empty() ? ordered_json() : ordered_json(object.host)},
          {"findings", to_json(object.findings)}};
}

ordered_json to_json(const AuditInput& input) {
  return {{"name", input.name},
          {"kind", input.is_capture ? "capture" : "interface"},
          {"frames", input.frames},
          {"packets", input.packets},
          {"fragments", input.fragments},
          {"cut", input.cut},
          {"malformed", input.malformed},
          {"dropped", input.dropped},
          {"failure", input.failure.empty() ? ordered_json() : ordered_json(input.failure)}};
}

ordered_json summary(const AuditResult& result) {
  const FindingCounts findings = count_findings(result);
  return {{"instances", result.instances.size()},
          {"packets", result.counts.packets},
          {"queries", result.counts.queries},
          {"responses", result.counts.responses},
          {"malformed", result.counts.malformed},
          {"records", result.counts.records},
          {"records_dropped", result.counts.records_dropped},
          {"questions_dropped", result.counts.questions_dropped},
          {"findings_dropped", result.findings_dropped},
          {"errors", findings.errors},
          {"warnings", findings.warnings},
          {"infos", findings.infos},
          {"first", time_text(result.first)},
          {"last", time_text(result.last)}};
}

template <class Values>
ordered_json list(const Values& values) {
  ordered_json out = ordered_json::array();
  for (const auto& value : values) out.push_back(to_json(value));
  return out;
}

}  // namespace

std::string audit_json(const AuditResult& result, const std::vector<AuditInput>& inputs) {
  return dump({{"summary", summary(result)},
               {"inputs", list(inputs)},
               {"instances", list(result.instances)},
               {"objects", list(result.others)}}) +
         '\n';
}

}  // namespace srvwarden::report
