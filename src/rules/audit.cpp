// The auditor's way of a packet: decode, judge, attribute, count.
// SPDX-License-Identifier: Apache-2.0
#include "rules/audit.hpp"

#include <algorithm>

#include "rules/audit_findings.hpp"
#include "rules/audit_result.hpp"
#include "rules/packet_memo.hpp"
#include "rules/traffic.hpp"
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
  explicit State(const AuditOptions& o)
      : options(o),
        policy{.context = Context::mdns, .advice = o.advice},
        census(o.limits),
        findings(o.objects) {}

  void make_room(wire::Time now);
  bool follows_truncated(const wire::Packet& packet) const;
  void remember_truncated(const wire::Packet& packet, const census::SeenMessage& seen);
  const KnownPacket& judge(const wire::Packet& packet, bool follows);
  Traffic judge_traffic(const wire::Packet& packet, const census::SeenMessage& seen, bool is_known);
  void attribute(const wire::Packet& packet, const wire::Message& message, const Finding& finding,
                 Span place);

  AuditOptions options;
  Policy policy;
  census::Census census;
  census::Activity activity;
  AuditFindings findings;
  PacketMemo memo;
  wire::Decoder decoder;
  MessageLooker looker;
  Findings found;
  wire::Time made_room{};                         ///< when last
  KnownPacket fresh;                              ///< what came of a packet that was not known
  std::map<wire::Address, wire::Time> continued;  ///< senders whose last query had TC
};

/// What a packet shows as evidence.
Evidence evidence_of(const wire::Packet& packet) {
  return {{packet.number, packet.time, packet.source.address}, std::string(packet.interface_name)};
}

/// Whether this packet may go on with its sender's last query. RFC 6762 §7.2.
bool Auditor::State::follows_truncated(const wire::Packet& packet) const {
  const auto at = continued.find(packet.source.address);
  return at != continued.end() && packet.time - at->second <= continuation_time;
}

/// Keeps in mind whether more is to follow this one.
void Auditor::State::remember_truncated(const wire::Packet& packet,
                                        const census::SeenMessage& seen) {
  const bool continues = !seen.is_response() && seen.truncated;
  if (!continues) {
    if (!continued.empty()) continued.erase(packet.source.address);
    return;
  }
  if (continued.size() >= max_continued) {
    std::erase_if(continued, [&](const auto& entry) {
      return packet.time - entry.second > continuation_time;
    });
  }
  if (continued.size() < max_continued) continued[packet.source.address] = packet.time;
}

/// What is wrong with a record is its owner's; what is wrong with a message, the sender's.
void Auditor::State::attribute(const wire::Packet& packet, const wire::Message& message,
                               const Finding& finding, Span place) {
  Finding one = finding;
  one.at = place;
  one.more.clear();
  if (place != finding.at) one.detail.clear();
  const Evidence evidence = evidence_of(packet);
  const wire::Record* record =
      message.header.is_response() ? record_at(message, place.offset) : nullptr;
  fresh.findings.push_back(record && record->owner_is_whole
                               ? findings.add_name(record->owner, one, evidence, evidence)
                               : findings.add_sender(packet.source.address, one, evidence));
}

/// Now and then, where it is needed: forgetting looks at all that the census has.
void Auditor::State::make_room(wire::Time now) {
  constexpr auto pause = std::chrono::seconds(10);
  if (!census.is_crowded() || now - made_room < pause) return;
  made_room = now;
  census.forget_expired();
  memo.clear();
}

/// Decodes a packet that is not known, and runs the rules of single packets.
const KnownPacket& Auditor::State::judge(const wire::Packet& packet, bool follows) {
  const wire::Message& message = decoder.decode(packet.payload);
  found.clear();
  fresh.findings.clear();
  const WireMessage subject = looker.look(packet, message, follows);
  run_wire_rules(subject, policy, SourceMap(), found);
  run(wire_economy_rules(), subject, policy, SourceMap(), found);
  for (const wire::Fault& fault : message.faults) {
    if (!has_value_rule(fault.code)) continue;
    const RuleInfo* rule = find_rule(wire::rule_id(fault.code));
    if (!rule) continue;
    Finding& finding = found.emplace_back();
    finding.rule = rule;
    finding.severity = rule->severity;
    finding.at = {fault.offset, 0};
  }
  for (const Finding& finding : found) {
    attribute(packet, message, finding, finding.at);
    for (const Span& place : finding.more) attribute(packet, message, finding, place);
  }
  census.look(packet, message, fresh.seen);
  memo.keep(packet, follows, fresh);
  return fresh;
}

/// Runs the rules of sequences, before the packet is counted. What is wrong with a query is its
/// sender's.
Traffic Auditor::State::judge_traffic(const wire::Packet& packet, const census::SeenMessage& seen,
                                      bool is_known) {
  const Traffic traffic = look_at(packet, seen, census, is_known);
  if (traffic.occasions == 0) return traffic;
  found.clear();
  run_traffic_rules(traffic, policy, found);
  for (Finding& finding : found) {
    const auto record =
        std::ranges::lower_bound(seen.records, finding.at.offset, {}, &census::SeenRecord::offset);
    const bool is_about_record =
        seen.is_response() && record != seen.records.end() && record->offset == finding.at.offset;
    const Evidence evidence = evidence_of(packet);
    if (is_about_record && record->name != census::no_index) {
      findings.add_name(census.name(record->name), finding, evidence, evidence);
    } else {
      findings.add_sender(packet.source.address, finding, evidence);
    }
  }
  return traffic;
}

Auditor::Auditor(const AuditOptions& options) : state_(std::make_unique<State>(options)) {}
Auditor::~Auditor() = default;

void Auditor::add(const wire::Packet& packet) {
  State& state = *state_;
  state.make_room(packet.time);
  const bool follows = !state.continued.empty() && state.follows_truncated(packet);
  const KnownPacket* known = state.memo.find(packet, follows);
  const bool is_known = known != nullptr;
  if (is_known) {
    for (const AuditFindings::Place& place : known->findings) {
      state.findings.add_again(place, evidence_of(packet));
    }
  } else {
    known = &state.judge(packet, follows);
  }
  const Traffic traffic = state.judge_traffic(packet, known->seen, is_known);
  state.activity.add(packet, known->seen);
  if (census::contradicts(state.census, packet, known->seen)) {
    state.activity.add_conflict(packet.time);
  }
  state.census.count(packet, known->seen, traffic.is_answer);
  state.remember_truncated(packet, known->seen);
}

const census::Census& Auditor::census() const noexcept { return state_->census; }

AuditResult Auditor::result(wire::Time end) {
  AuditResult result = make_result(state_->census, state_->findings, state_->options,
                                   std::max(end, state_->census.now()));
  result.first = state_->census.first();
  result.activity = state_->activity;
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
