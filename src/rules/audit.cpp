// The auditor's way of a packet: decode, judge, attribute, count.
// SPDX-License-Identifier: Apache-2.0
#include "rules/audit.hpp"

#include <algorithm>

#include "rules/audit_findings.hpp"
#include "rules/audit_result.hpp"
#include "rules/wire_message.hpp"
#include "srvwarden/catalogue.hpp"

namespace srvwarden::rules {

namespace {

constexpr auto continuation_time = std::chrono::seconds(1);  // RFC 6762 §7.2 says half of it
constexpr std::size_t max_continued = 1024;

/// Faults whose rules judge values, too, and so have no row among the wire rules.
bool has_value_rule(wire::FaultCode code) noexcept {
  return code == wire::FaultCode::name_too_long || code == wire::FaultCode::srv_malformed ||
         code == wire::FaultCode::txt_empty || code == wire::FaultCode::txt_overrun;
}

/// The record that a place in the payload belongs to, or null.
const wire::Record* record_at(const wire::Message& message, std::size_t offset) {
  const auto& records = message.records;
  const auto after = std::ranges::upper_bound(records, offset, {}, &wire::Record::offset);
  if (after == records.begin()) return nullptr;
  const wire::Record& record = *std::prev(after);
  return offset <= record.rdata_offset + record.rdata.size() ? &record : nullptr;
}

}  // namespace

struct Auditor::State {
  explicit State(const AuditOptions& o) : options(o), census(o.limits), findings(o.objects) {}

  bool follows_truncated(const wire::Packet& packet, const wire::Message& message);
  void attribute(const wire::Packet& packet, const wire::Message& message, const Finding& finding,
                 Span place);

  AuditOptions options;
  census::Census census;
  AuditFindings findings;
  wire::Decoder decoder;
  MessageLooker looker;
  Findings found;
  std::map<wire::Address, wire::Time> continued;  ///< senders whose last query had TC
  std::optional<wire::Time> first;
};

/// Also keeps in mind whether more is to follow this one.
bool Auditor::State::follows_truncated(const wire::Packet& packet, const wire::Message& message) {
  const auto at = continued.find(packet.source.address);
  const bool follows = at != continued.end() && packet.time - at->second <= continuation_time;
  const bool continues = !message.header.is_response() && message.header.truncated();
  if (continues && (at != continued.end() || continued.size() < max_continued)) {
    continued[packet.source.address] = packet.time;
  } else if (at != continued.end()) {
    continued.erase(at);
  }
  if (continued.size() >= max_continued) {
    std::erase_if(continued, [&](const auto& entry) {
      return packet.time - entry.second > continuation_time;
    });
  }
  return follows;
}

/// What is wrong with a record is its owner's; what is wrong with a message, the sender's.
void Auditor::State::attribute(const wire::Packet& packet, const wire::Message& message,
                               const Finding& finding, Span place) {
  Finding one = finding;
  one.at = place;
  one.more.clear();
  if (place != finding.at) one.detail.clear();
  const Evidence evidence{{packet.number, packet.time, packet.source.address},
                          std::string(packet.interface_name)};
  const wire::Record* record =
      message.header.is_response() ? record_at(message, place.offset) : nullptr;
  if (record && record->owner_is_whole) {
    findings.add_name(record->owner, one, evidence, evidence);
  } else {
    findings.add_sender(packet.source.address, one, evidence);
  }
}

Auditor::Auditor(const AuditOptions& options) : state_(std::make_unique<State>(options)) {}
Auditor::~Auditor() = default;

void Auditor::add(const wire::Packet& packet) {
  State& state = *state_;
  if (!state.first) state.first = packet.time;
  const wire::Message& message = state.decoder.decode(packet.payload);
  const bool follows = state.follows_truncated(packet, message);
  state.found.clear();
  run_wire_rules(state.looker.look(packet, message, follows),
                 {.context = Context::mdns, .advice = state.options.advice}, SourceMap(),
                 state.found);
  for (const wire::Fault& fault : message.faults) {
    if (!has_value_rule(fault.code)) continue;
    const RuleInfo* rule = find_rule(wire::rule_id(fault.code));
    if (!rule) continue;
    Finding& finding = state.found.emplace_back();
    finding.rule = rule;
    finding.severity = rule->severity;
    finding.at = {fault.offset, 0};
  }
  for (const Finding& finding : state.found) {
    state.attribute(packet, message, finding, finding.at);
    for (const Span& place : finding.more) state.attribute(packet, message, finding, place);
  }
  state.census.add(packet, message);
}

const census::Census& Auditor::census() const noexcept { return state_->census; }

AuditResult Auditor::result(wire::Time end) {
  AuditResult result = make_result(state_->census, state_->findings, state_->options,
                                   std::max(end, state_->census.now()));
  result.first = state_->first.value_or(wire::Time());
  return result;
}

AuditResult Auditor::result() { return result(state_->census.now()); }

std::optional<Severity> AuditResult::worst() const {
  std::optional<Severity> worst;
  const auto look = [&](const AuditObject& object) {
    for (const AuditFinding& finding : object.findings) {
      worst = std::max(worst.value_or(Severity::info), finding.finding.severity);
    }
  };
  for (const AuditedInstance& instance : instances) look(instance.object);
  for (const AuditObject& other : others) look(other);
  return worst;
}

}  // namespace srvwarden::rules
