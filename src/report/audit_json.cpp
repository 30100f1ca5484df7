// An audit for programs.
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "core/hex.hpp"
#include "report/audit_json.hpp"
#include "report/audit_report.hpp"
#include "report/finding_json.hpp"
#include "srvwarden/txt_record.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::report {

namespace {

using nlohmann::ordered_json;
using rules::AuditedInstance;
using rules::AuditFinding;
using rules::AuditObject;
using rules::AuditResult;
using rules::Evidence;

/// The octets as text, and beside it in hexadecimal where they are no UTF-8.
void put_octets(ordered_json& out, const std::string& key, const std::string& octets) {
  out[key] = octets;
  if (utf8::find_ill_formed(octets) != octets.npos) out[key + "_hex"] = to_hex(octets);
}

/// What is said of a key: a value, an empty one, or none (null).
ordered_json txt_json(const std::string& string) {
  ordered_json out = ordered_json::object();
  put_octets(out, "key", std::string(txt_key(string)));
  out["value"] = nullptr;
  if (const auto value = txt_value(string)) put_octets(out, "value", std::string(*value));
  return out;
}

ordered_json service_json(const rules::AuditedService& service) {
  return {{"host", service.host},
          {"port", service.fields.port},
          {"priority", service.fields.priority},
          {"weight", service.fields.weight}};
}

}  // namespace

ordered_json evidence_json(const Evidence& evidence) {
  return {{"packet", evidence.sighting.packet},
          {"time", time_text(evidence.sighting.time)},
          {"source", evidence.sighting.source.text()},
          {"where", evidence.where}};
}

ordered_json finding_json(const AuditObject& object, const AuditFinding& finding) {
  ordered_json one = {{"object", object.name},
                      {"kind", name_of(object.kind)},
                      {"host", object.host.empty() ? ordered_json() : ordered_json(object.host)}};
  one.update(report::to_json(finding.finding));
  one["count"] = finding.count;
  one["first"] = evidence_json(finding.first);
  one["last"] = evidence_json(finding.last);
  return one;
}

ordered_json instance_json(const AuditedInstance& instance) {
  ordered_json out = {{"name", instance.object.name}};
  put_octets(out, "instance", instance.label);
  out["type"] = instance.type;
  out["title"] = instance.title.empty() ? ordered_json() : ordered_json(instance.title);
  out["domain"] = instance.domain;
  out["host"] = nullptr;
  out["port"] = nullptr;
  out["services"] = ordered_json::array();
  if (!instance.services.empty()) {
    out["host"] = instance.services.front().host;
    out["port"] = instance.services.front().fields.port;
  }
  for (const rules::AuditedService& service : instance.services) {
    out["services"].push_back(service_json(service));
  }
  out["addresses"] = instance.addresses;
  out["txt"] = ordered_json::array();
  for (const std::string& string : instance.txt) out["txt"].push_back(txt_json(string));
  out["subtypes"] = instance.subtypes;
  out["interfaces"] = instance.interfaces;
  out["sources"] = instance.sources;
  out["first"] = time_text(instance.first);
  out["last"] = time_text(instance.last);
  out["gone"] = instance.gone;
  return out;
}

ordered_json input_json(const AuditInput& input) {
  return {{"name", input.name},
          {"kind", input.is_capture ? "capture" : "interface"},
          {"frames", input.frames},
          {"packets", input.packets},
          {"assembled", input.assembled},
          {"fragments", input.fragments},
          {"overlaps", input.overlaps},
          {"cut", input.cut},
          {"malformed", input.malformed},
          {"encrypted", input.encrypted},
          {"unsupported", input.unsupported},
          {"dropped", input.dropped},
          {"failure", input.failure.empty() ? ordered_json() : ordered_json(input.failure)}};
}

ordered_json summary_json(const AuditResult& result) {
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

namespace {

/// An array written a value at a time: all values at once would take many times the text's memory.
class ListWriter {
 public:
  explicit ListWriter(std::string& out) : out_(out) { out_ += '['; }
  ~ListWriter() { out_ += ']'; }
  ListWriter(const ListWriter&) = delete;
  ListWriter& operator=(const ListWriter&) = delete;

  void add(const ordered_json& value) {
    if (!std::exchange(is_first_, false)) out_ += ',';
    out_ += dump(value);
  }

 private:
  std::string& out_;
  bool is_first_ = true;
};

template <class Values, class ToJson>
void append_list(std::string& out, const Values& values, ToJson to_json) {
  ListWriter list(out);
  for (const auto& value : values) list.add(to_json(value));
}

void append_findings(std::string& out, const AuditResult& result) {
  ListWriter list(out);
  const auto add = [&](const AuditObject& object) {
    for (const AuditFinding& finding : object.findings) list.add(finding_json(object, finding));
  };
  for (const AuditedInstance& instance : result.instances) add(instance.object);
  for (const AuditObject& other : result.others) add(other);
}

}  // namespace

std::string audit_json(const AuditResult& result, const std::vector<AuditInput>& inputs) {
  std::string out = "{\"summary\":" + dump(summary_json(result)) + ",\"inputs\":";
  append_list(out, inputs, input_json);
  out += ",\"instances\":";
  append_list(out, result.instances, instance_json);
  out += ",\"findings\":";
  append_findings(out, result);
  return out + "}\n";
}

}  // namespace srvwarden::report
