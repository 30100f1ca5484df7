// A story for programs.
// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "report/audit_report.hpp"
#include "report/finding_json.hpp"
#include "report/story_report.hpp"
#include "srvwarden/catalogue.hpp"

namespace srvwarden::report {

namespace {

using namespace rules::story;
using nlohmann::ordered_json;

double seconds(wire::Time::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

double milliseconds(wire::Time::duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

template <class Value>
ordered_json or_null(const Value& value) {
  return value.empty() ? ordered_json() : ordered_json(value);
}

class StoryJson {
 public:
  explicit StoryJson(const Story& story) : story_(story) {}

  std::string write() const {
    ordered_json out = {
        {"subject",
         {{"kind", name_of(story_.kind)}, {"name", story_.name}, {"title", or_null(story_.title)}}},
        {"capture",
         {{"first", time_text(story_.first)},
          {"last", time_text(story_.last)},
          {"packets", story_.packets},
          {"packets_about_it", story_.moments},
          {"dropped", story_.dropped}}},
        {"events", ordered_json::array()},
        {"left_out", story_.left_out},
        {"state", ordered_json::array()},
        {"diagnosis", ordered_json::array()},
        {"findings", ordered_json::array()}};
    for (const Event& event : story_.events) out["events"].push_back(json(event));
    for (const StateRecord& record : story_.state) out["state"].push_back(json(record));
    for (const Verdict& verdict : story_.verdicts) out["diagnosis"].push_back(json(verdict));
    for (const RelatedFinding& finding : story_.findings) out["findings"].push_back(json(finding));
    return dump(out) + '\n';
  }

 private:
  ordered_json json(const Party& party) const {
    const auto name = story_.hosts.find(party.address);
    return {{"address", party.address.text()},
            {"mac", party.mac ? ordered_json(mac_text(*party.mac)) : ordered_json()},
            {"host", name == story_.hosts.end() ? ordered_json() : ordered_json(name->second)}};
  }

  static ordered_json json(const Change& change) {
    return {{"what", change.what},
            {"from", change.had ? ordered_json(change.from) : ordered_json()},
            {"to", change.has ? ordered_json(change.to) : ordered_json()}};
  }

  ordered_json json(const Event& event) const {
    ordered_json families = ordered_json::array();
    if (event.ipv4) families.push_back("ipv4");
    if (event.ipv6) families.push_back("ipv6");
    ordered_json out = {
        {"event", row_of(event.kind).name},
        {"time", time_text(event.time)},
        {"offset", seconds(event.time - story_.first)},
        {"packet", event.packet == 0 ? ordered_json() : ordered_json(event.packet)},
        {"times", event.times},
        {"until", time_text(event.until)},
        {"last_packet", event.last_packet == 0 ? ordered_json() : ordered_json(event.last_packet)},
        {"where", or_null(event.where)},
        {"who", json(event.who)},
        {"whom", event.whom ? json(*event.whom) : ordered_json()},
        {"families", families},
        {"unicast", event.unicast},
        {"records", event.records},
        {"questions", event.questions},
        {"missing", ordered_json::array()},
        {"number", event.number},
        {"after_ms", event.after ? ordered_json(milliseconds(*event.after)) : ordered_json()},
        {"outcome", or_null(name_of(event.outcome))},
        {"changes", ordered_json::array()},
        {"reason", or_null(event.reason)},
        {"rules", event.rules}};
    for (const Part part : event.missing) out["missing"].push_back(name_of(part));
    for (const Change& change : event.changes) out["changes"].push_back(json(change));
    return out;
  }

  ordered_json json(const StateRecord& record) const {
    return {{"record", record.words},         {"live", record.is_live},
            {"gone", or_null(record.gone)},   {"ttl", record.ttl},
            {"seen", time_text(record.seen)}, {"ends", time_text(record.ends)},
            {"packet", record.packet},        {"sender", json(record.sender)}};
  }

  static ordered_json json(const Verdict& verdict) {
    ordered_json out = {{"who", verdict.who},
                        {"joined", time_text(verdict.joined)},
                        {"found", name_of(verdict.found)},
                        {"reasons", ordered_json::array()}};
    for (const Reason& reason : verdict.reasons) {
      out["reasons"].push_back({{"id", reason.id},
                                {"found", name_of(reason.found)},
                                {"text", reason.text},
                                {"rule", or_null(reason.rule)},
                                {"reference", source_text(reason.rule, reason.reference)}});
    }
    return out;
  }

  static ordered_json json(const RelatedFinding& finding) {
    return {{"object", finding.object},
            {"rule", finding.rule->id},
            {"severity", name_of(finding.severity)},
            {"message", finding.rule->message},
            {"detail", or_null(finding.detail)},
            {"count", finding.count},
            {"packet", finding.packet}};
  }

  const Story& story_;
};

}  // namespace

std::string story_json(const Story& story) { return StoryJson(story).write(); }

std::string subjects_json(const std::vector<Subject>& subjects) {
  ordered_json out = ordered_json::array();
  for (const Subject& subject : subjects) {
    out.push_back({{"kind", name_of(subject.kind)}, {"name", subject.view().text()}});
  }
  return dump({{"subjects", out}}) + '\n';
}

}  // namespace srvwarden::report
