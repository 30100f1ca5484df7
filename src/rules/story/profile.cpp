// Drawing a profile of a device.
// SPDX-License-Identifier: Apache-2.0
#include "rules/story/profile.hpp"

#include <algorithm>

#include "rules/story/narrator.hpp"

namespace srvwarden::rules::story {

namespace {

void add(PartProfile& part, const PartSeen& record) {
  if (!record.is_whole) {
    ++part.malformed;
    return;
  }
  if (record.is_goodbye()) {
    part.last_goodbye = record;
    return;
  }
  ++part.times;
  part.last = record;
  part.ttls.insert(record.ttl);
  part.classes.insert(record.class_field & 0x7FFFu);
  part.flushes.insert(record.cache_flush());
  part.compressed.insert(record.is_compressed);
  part.in_answers = part.in_answers || record.section == wire::Section::answer;
}

std::string destination_of(const wire::Packet& packet) {
  if (!packet.destination.address.is_multicast()) return "unicast";
  return packet.destination.address.is_ipv4() ? "IPv4 group" : "IPv6 group";
}

void add_response(Profile& profile, const Moment& moment) {
  ++profile.responses;
  for (const PartSeen& record : moment.records) {
    add(profile.parts[static_cast<std::size_t>(record.part)], record);
  }
  const wire::Packet& packet = *moment.packet;
  profile.source_ports.insert(packet.source.port);
  if (packet.ttl) profile.ip_ttls.insert(*packet.ttl);
  profile.flags.insert(moment.header.flags);
  if (moment.is_multicast()) profile.ids.insert(moment.header.id);
  profile.destinations.insert(destination_of(packet));
  profile.largest = std::max(profile.largest, packet.payload.size());
}

void add_exchanges(Profile& profile) {
  for (std::size_t i = 0; i < part_count; ++i) {
    profile.answers[i].by_multicast = asked_for(profile.scene, static_cast<Part>(i));
  }
  std::map<wire::Address, wire::Time> answered;  ///< who has the PTR record, since when
  for (const Exchange& exchange : profile.scene.exchanges) {
    AnswerProfile& answer = profile.answers[static_cast<std::size_t>(exchange.asked.part)];
    const Moment& question = profile.scene.moments[exchange.question];
    if (exchange.asked.wants_unicast) {
      ++answer.unicast_asked;
      if (exchange.answer) ++answer.unicast_answered;
    }
    if (exchange.answer) answer.delays.push_back(exchange.delay);
    if (exchange.asked.part != Part::pointer) continue;
    const wire::Address& asker = question.packet->source.address;
    const auto known = answered.find(asker);
    const bool is_later =
        known != answered.end() && question.time() - known->second >= std::chrono::seconds(1);
    if (is_later && !exchange.asked.is_known) ++profile.asked_again;
    if (exchange.answer && answered.size() < 1024) {
      answered.try_emplace(asker, profile.scene.moments[*exchange.answer].time());
    }
  }
  for (AnswerProfile& answer : profile.answers) std::ranges::sort(answer.delays);
}

void add_events(Profile& profile) {
  for (const Event& event : profile.events) {
    const bool for_name = event.kind == EventKind::probed && event.reason.empty();
    if (for_name) profile.probes = std::max(profile.probes, event.number);
    if (event.kind != EventKind::announced || event.unicast) continue;
    ++profile.announcements;
    if (event.after) profile.announcement_gaps.push_back(*event.after);
  }
}

/// All packets from the addresses that speak for it, or from the one that is said to be its.
std::uint64_t count_device(const PacketLog& log, const Scene& scene,
                           const std::optional<wire::Address>& device) {
  std::set<wire::Address> addresses;
  if (device) addresses.insert(*device);
  for (const Moment& moment : scene.moments) {
    if (moment.is_response() && !moment.records.empty()) {
      addresses.insert(moment.packet->source.address);
    }
  }
  std::uint64_t count = 0;
  for (const wire::Packet* packet : log.by_time()) {
    if (addresses.contains(packet->source.address)) ++count;
  }
  return count;
}

}  // namespace

bool Profile::has_event(EventKind kind) const {
  return std::ranges::any_of(events, [&](const Event& event) { return event.kind == kind; });
}

Profile profile_of(const PacketLog& log, const Subject& subject, const AuditResult& result,
                   const std::optional<wire::Address>& device) {
  Profile profile;
  profile.scene = look_at(log, subject);
  profile.events = narrate(profile.scene, profile.cache);
  profile.verdicts = diagnose(profile.scene, profile.cache);
  profile.findings = findings_about(profile.scene, result);
  for (const Moment& moment : profile.scene.moments) {
    if (moment.is_response() && !moment.records.empty()) add_response(profile, moment);
  }
  add_exchanges(profile);
  add_events(profile);
  profile.device_packets = count_device(log, profile.scene, device);
  return profile;
}

}  // namespace srvwarden::rules::story
