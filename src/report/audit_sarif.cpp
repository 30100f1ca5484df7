// An audit as SARIF 2.1.0: a result a finding and object, at the packet that showed it first.
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>
#include <set>

#include "core/concat.hpp"
#include "report/audit_hosts.hpp"
#include "report/audit_json.hpp"
#include "report/finding_json.hpp"
#include "report/sarif_log.hpp"
#include "report/terminal.hpp"

namespace srvwarden::report {

namespace {

using nlohmann::ordered_json;
using rules::AuditedInstance;
using rules::AuditFinding;
using rules::AuditObject;
using rules::AuditResult;
using rules::Evidence;

class SarifWriter {
 public:
  explicit SarifWriter(const std::vector<AuditInput>& inputs) {
    for (const AuditInput& input : inputs) {
      if (input.is_capture) captures_.insert(input.name);
    }
  }

  void write(const AuditResult& result) {
    out_ = sarif_head();
    for (const AuditedInstance& instance : result.instances) {
      const std::string host = instance.services.empty() ? "" : instance.services.front().host;
      write(instance.object, host);
    }
    for (const AuditObject& object : result.others) write(object, object.host);
  }

  std::string end(const std::vector<AuditInput>& inputs, std::string_view version) && {
    ordered_json notifications = ordered_json::array();
    for (const AuditInput& input : inputs) {
      if (input.failure.empty()) continue;
      notifications.push_back({{"level", "error"},
                               {"message", sarif_message(shown(input.failure))},
                               {"locations", {{{"physicalLocation", file_of(input.name)}}}}});
    }
    return std::move(out_) + sarif_tail(rules_, version, std::move(notifications));
  }

 private:
  static ordered_json file_of(const std::string& path) {
    return {{"artifactLocation", sarif_artifact(path)}};
  }

  void write(const AuditObject& object, const std::string& host) {
    for (const AuditFinding& finding : object.findings) {
      out_ += is_first_ ? "\n" : ",\n";
      is_first_ = false;
      out_ += dump(result_of(object, finding, host));
    }
  }

  ordered_json result_of(const AuditObject& object, const AuditFinding& audited,
                         const std::string& host) {
    const Finding& finding = audited.finding;
    std::string text = concat(
        {shown(object.name), ": ", shown(message_of(finding)), ". ", shown(help_of(finding))});
    if (!finding.suggestion.empty()) text.append(" Try: ").append(shown(finding.suggestion));
    ordered_json result = {{"ruleId", finding.rule->id},
                           {"ruleIndex", rules_.index_of(*finding.rule)},
                           {"level", sarif_level(finding.severity)},
                           {"message", sarif_message(text)},
                           {"occurrenceCount", audited.count},
                           {"locations", {location(object, audited.first, host)}}};
    if (audited.count > 1) {
      ordered_json last = location(object, audited.last, host);
      last["id"] = 1;
      last["message"] = sarif_message("The last time.");
      result["relatedLocations"] = ordered_json::array({std::move(last)});
    }
    const std::uint64_t hash = sarif_hash(object.name, sarif_hash(finding.rule->id));
    char print[20];
    std::snprintf(print, sizeof print, "%016llx", static_cast<unsigned long long>(hash));
    result["partialFingerprints"]["objectHash"] = print;
    result["properties"] = {{"first", evidence_json(audited.first)},
                            {"last", evidence_json(audited.last)}};
    return result;
  }

  /// The packet in its capture, and what it is about. A packet has no line: it is the file's whole
  /// that is named, its number stands in the message and in the properties. SARIF §3.28.
  ordered_json location(const AuditObject& object, const Evidence& evidence,
                        const std::string& host) const {
    ordered_json logical = ordered_json::array();
    if (!host.empty() && host != object.name) {
      logical.push_back({{"name", shown(host)}, {"kind", "host"}});
    }
    logical.push_back({{"fullyQualifiedName", shown(object.name)}, {"kind", name_of(object.kind)}});
    const std::uint64_t packet = evidence.sighting.packet;  // 0: it is of no one packet
    std::string words = packet == 0 ? "At " : "Packet " + std::to_string(packet) + " at ";
    words.append(time_text(evidence.sighting.time));
    const std::string source = evidence.sighting.source.text();
    if (!source.empty()) words.append(" from ").append(source);
    ordered_json out = {{"message", sarif_message(words + ".")},
                        {"logicalLocations", std::move(logical)},
                        {"properties", {{"packet", evidence.sighting.packet}}}};
    for (const std::string& capture : captures_) {
      const bool is_here = evidence.where == capture || evidence.where.starts_with(capture + " (");
      if (is_here) out["physicalLocation"] = file_of(capture);
    }
    return out;
  }

  std::set<std::string>
      captures_;  ///< paths; the interface of a capture stands behind, in brackets
  SarifRules rules_;
  bool is_first_ = true;
  std::string out_;
};

}  // namespace

std::string audit_sarif(const AuditResult& result, const std::vector<AuditInput>& inputs,
                        std::string_view version) {
  SarifWriter writer(inputs);
  writer.write(result);
  return std::move(writer).end(inputs, version);
}

}  // namespace srvwarden::report
