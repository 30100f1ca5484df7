// Packets of one printer's life, for tests of stories and comparisons.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "census/announcement.hpp"
#include "rules/story/differences.hpp"
#include "rules/story/story.hpp"
#include "srvwarden/registry.hpp"

namespace srvwarden::test::story {

using namespace std::chrono_literals;
using Packets = std::vector<Announcement>;

inline const std::string type_name = "_ipp._tcp.local";
inline const std::string foo = "Foo._ipp._tcp.local";

/// All four records of Foo, as its host sends them.
inline Announcement whole() {
  Announcement announcement;
  announcement.ptr(type_name, foo)
      .srv(foo, "h.local", "0277")
      .txt(foo, "04'pa=1'")
      .a("h.local", "0A4D0001")
      .mac(1);
  return announcement;
}
inline Announcement probe() {
  Announcement announcement(0);
  announcement.ask_by_unicast(foo, wire::Type::any)
      .propose(foo, wire::Type::srv, "000000000277", "h.local")
      .mac(1);
  return announcement;
}
inline Announcement question(wire::Type type = wire::Type::ptr, const std::string& of = type_name) {
  Announcement announcement(0);
  announcement.ask(of, type).from("10.77.0.9").mac(9);
  return announcement;
}
inline Announcement goodbye() {
  Announcement announcement;
  announcement.ptr(type_name, foo, 0).mac(1);
  return announcement;
}

/// Packets as a capture would have them: numbered from 1, audited and kept.
struct Taken {
  rules::Auditor auditor{{.registry = &Registry::builtin()}};
  rules::story::PacketLog log;
  rules::AuditResult result;

  explicit Taken(Packets packets) {
    std::uint64_t number = 0;
    for (Announcement& packet : packets) {
      packet.number(++number);
      auditor.add(packet.packet());
      log.add(packet.packet());
    }
    result = auditor.result();
  }

  rules::story::Subject subject(const std::string& instance = "Foo") const {
    const auto choice = rules::story::choose(auditor.census(), {instance, {}, {}});
    if (choice.matches.size() == 1) return choice.matches.front();
    return rules::story::absent_instance(instance, "_ipp._tcp").value();
  }
  rules::story::Story story(const std::string& instance = "Foo") const {
    return rules::story::tell(log, subject(instance), auditor.census(), result);
  }
  rules::story::Profile profile(const std::string& instance = "Foo") const {
    return rules::story::profile_of(log, subject(instance), result, std::nullopt);
  }
};

}  // namespace srvwarden::test::story
