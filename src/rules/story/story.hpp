// Story: what happened to one subject, in order of time, and whether a browser would find it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/audit.hpp"
#include "rules/story/record_words.hpp"
#include "rules/story/scene.hpp"

namespace srvwarden::rules::story {

enum class EventKind : std::uint8_t {
  asked,          ///< somebody asks for it
  probed,         ///< a host asks whether the name is free. RFC 6762 §8.1
  tie_break,      ///< two hosts probe for the name at once. §8.2
  conflict,       ///< two hosts have different records of the name. §9
  announced,      ///< a response nobody asked for. §8.3
  answered,       ///< a response to a question
  updated,        ///< records changed
  suppressed,     ///< who asks knows it already, so that silence is right. §7.1
  in_vain,        ///< somebody asks and nobody answers
  second_sender,  ///< another host says the same: a proxy, a reflector, or a twin
  renamed,        ///< the next name of a series is taken, or this one is such
  goodbye,        ///< TTL 0. §10.1
  expired,        ///< not renewed: caches drop it
};

/// What is known of a kind of event, whatever it tells.
struct EventRow {
  EventKind kind{};
  std::string_view name;    ///< for programs: "tie-break"
  std::uint16_t shown = 2;  ///< equal ones told one by one; further ones are told together
  bool turns = false;       ///< after it, what was told before is told anew
};
const EventRow& row_of(EventKind kind) noexcept;

/// What became of a question.
enum class Outcome : std::uint8_t {
  none,
  answered,
  nobody,      ///< two seconds passed
  known,       ///< the question lists the record
  by_unicast,  ///< an answer may have gone by unicast, which this capture need not show
  cut,         ///< the capture ends first
};
std::string_view name_of(Outcome outcome) noexcept;

/// Something that happened, once or often. Texts are raw: what the network sent.
struct Event {
  EventKind kind{};
  wire::Time time{};
  wire::Time until{};        ///< of the last one told by this
  std::uint64_t packet = 0;  ///< 0: no packet (expiry)
  std::uint64_t last_packet = 0;
  std::uint64_t times = 1;  ///< how many are told by this; more than one: equal to one before
  std::string where;        ///< capture
  Party who;
  std::optional<Party> whom;  ///< who is answered, or loses
  bool ipv4 = false;
  bool ipv6 = false;
  bool unicast = false;                ///< sent to one, or an answer is wanted so
  std::vector<std::string> records;    ///< what it carries of the subject
  std::vector<std::string> questions;  ///< what is asked
  std::vector<Part> missing;           ///< of the chain, not in this answer
  std::uint32_t number = 0;            ///< which probe or announcement of its series
  std::optional<wire::Time::duration>
      after;  ///< since the question, or the one before of the series
  Outcome outcome{};
  std::vector<Change> changes;
  std::string reason;  ///< who won and why; the other name; the host probed for; why it is ignored
  std::vector<std::string_view> rules;  ///< ids of what is wrong with the packet
};

/// A record as caches have it at the end.
struct StateRecord {
  std::string words;
  bool is_live = false;
  std::string_view gone;  ///< "goodbye", "replaced" or "expired"; empty where it is live
  std::uint32_t ttl = 0;
  wire::Time seen{};
  wire::Time ends{};
  std::uint64_t packet = 0;
  Party sender;
};

enum class Found : std::uint8_t { yes, no, unsure };
std::string_view name_of(Found found) noexcept;

/// Why a browser would not find it, may not, or what it should know.
struct Reason {
  std::string_view id;      ///< of the row
  Found found = Found::no;  ///< what follows from it; yes: worth knowing all the same
  std::string text;         ///< raw
  std::string_view rule;    ///< id; may be empty
  Reference reference;      ///< where there is no rule
};

/// What a browser would find.
struct Verdict {
  std::string_view who;  ///< "a browser that listened from the start"
  wire::Time joined{};
  Found found = Found::yes;
  std::vector<Reason> reasons;
};

/// A finding about the subject, its host or its senders.
struct RelatedFinding {
  std::string object;  ///< presentation form, or an address
  const RuleInfo* rule = nullptr;
  Severity severity{};
  std::uint64_t count = 0;
  std::uint64_t packet = 0;  ///< the first that shows it
  std::string detail;
};

struct Story {
  SubjectKind kind{};
  std::string name;   ///< presentation form
  std::string title;  ///< of the registered service; may be empty
  wire::Time first{};
  wire::Time last{};
  std::uint64_t packets = 0;
  std::uint64_t moments = 0;  ///< packets about it
  std::uint64_t dropped = 0;  ///< for which there was no room
  std::vector<Event> events;
  std::uint64_t left_out = 0;  ///< events in the middle, for brevity
  std::vector<StateRecord> state;
  std::vector<Verdict> verdicts;
  std::vector<RelatedFinding> findings;
  std::map<wire::Address, std::string> hosts;  ///< names of addresses, as announced
};

struct StoryOptions {
  std::size_t events = 200;  ///< more are left out in the middle
};

/// What an audit found about the subject's names and about who announces it, worst first.
std::vector<RelatedFinding> findings_about(const Scene& scene, const AuditResult& result);

/// Tells what a log has of a subject. `result` is the audit of the same packets.
Story tell(const PacketLog& log, const Subject& subject, const census::Census& census,
           const AuditResult& result, const StoryOptions& options = {});

}  // namespace srvwarden::rules::story
