// Sequences of packets for the tests of traffic rules: written short, judged by one rule.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "census/announcement.hpp"
#include "rules/audit.hpp"

namespace srvwarden::test {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using wire::Section;
using wire::Type;

using Packets = std::vector<Announcement>;

/// All begins so late that nothing can have begun before the capture.
constexpr milliseconds start = 1000s;

inline const std::string type = "_http._tcp.local";
inline const std::string foo = "Foo._http._tcp.local";
inline const std::string host = "h.local";

/// A packet at the beginning of a capture that has to do with nothing.
inline Announcement opening() {
  return Announcement(0).ask("unrelated.local", Type::a).from("10.77.0.99").at(0ms);
}

/// How often a rule was found, about whatever, at the end of the packets or `after` them.
inline std::uint64_t count(const Packets& packets, std::string_view id, milliseconds after = 0ms) {
  rules::Auditor auditor({});
  std::uint64_t number = 1;
  auditor.add(opening().packet());
  wire::Time last{};
  for (Announcement packet : packets) {
    auditor.add(packet.number(++number).packet());
    last = packet.packet().time;
  }
  const auto result = auditor.result(last + after);
  std::uint64_t found = 0;
  const auto look = [&](const rules::AuditObject& object) {
    for (const auto& finding : object.findings) {
      if (finding.finding.rule->id == id) found += finding.count;
    }
  };
  for (const auto& instance : result.instances) look(instance.object);
  for (const auto& other : result.others) look(other);
  return found;
}

/// The ids of the errors and warnings that an audit of the packets finds, each with a space.
inline std::string faults(const Packets& packets, milliseconds after = 0ms) {
  rules::Auditor auditor({});
  std::uint64_t number = 1;
  wire::Time last{};
  for (Announcement packet : packets) {
    auditor.add(packet.number(++number).packet());
    last = packet.packet().time;
  }
  std::string found;
  const auto result = auditor.result(last + after);
  const auto look = [&](const rules::AuditObject& object) {
    for (const auto& finding : object.findings) {
      if (finding.finding.severity == Severity::info) continue;
      found.append(finding.finding.rule->id).append(" ");
    }
  };
  for (const auto& instance : result.instances) look(instance.object);
  for (const auto& other : result.others) look(other);
  return found;
}

/// The first host's service, whole.
inline Announcement announced(milliseconds at) {
  return Announcement()
      .ptr(type, foo)
      .srv(foo, host, "0050")
      .txt(foo, "06'path=/'")
      .a(host, "0A4D0001")
      .at(start + at);
}

/// What the first host proposes for both names.
inline Announcement proposed(milliseconds at) {
  return Announcement(0)
      .probe(foo)
      .probe(host)
      .in(Section::authority)
      .srv(foo, host, "0050")
      .txt(foo, "06'path=/'")
      .a(host, "0A4D0001")
      .at(start + at);
}

/// Three probes and two announcements as RFC 6762 §8 has them, the first announcement at 750 ms.
inline Packets well_begun() {
  return {proposed(0ms), proposed(250ms), proposed(500ms), announced(750ms), announced(1750ms)};
}

inline Packets operator+(Packets packets, const Announcement& more) {
  packets.push_back(more);
  return packets;
}
inline Packets operator+(Packets packets, const Packets& more) {
  packets.insert(packets.end(), more.begin(), more.end());
  return packets;
}

/// A question by the second host.
inline Announcement question(milliseconds at, std::string_view name = type,
                             Type asked = Type::ptr) {
  return Announcement(0).ask(name, asked).from("10.77.0.2").at(start + at);
}

}  // namespace srvwarden::test
