// Rules of the records of one name over time: changed, contested, left out. RFC 6762 §6, §8.4, §9.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <string>

#include "rules/traffic_rules.hpp"

namespace srvwarden::rules {

namespace {

using census::Observation;
using census::RecordSet;
using census::SeenRecord;
using std::chrono::seconds;
using wire::Type;

/// Runs `check` for each unique record that comes in the place of another, with that.
template <class Check>
void each_change(const Traffic& traffic, Check check) {
  for (const SeenRecord& record : traffic.message.records) {
    const Observation* before = traffic.before(record);
    if (!before || !record.cache_flush || record.ttl == 0) continue;
    const RecordSet& set = before->set();
    if (set.current == census::no_index || set.current == record.index) continue;
    if (set.together < 2) check(record, set, traffic.census.records()[set.current]);
  }
}

/// A record that is sent again after its sender had left it out of an answer, which has told all
/// caches that it is gone: none of the two packets announces a change.
bool was_left_out(const Traffic& traffic, const SeenRecord& record) {
  const Observation* before = traffic.before(record);
  if (!before || !record.cache_flush || record.ttl == 0 || before->count() == 0) return false;
  const RecordSet& set = before->set();
  return before->was_flushed() && !before->said_goodbye() && set.flushed_by_answer &&
         set.flusher == traffic.message.sender && before->last_sender() == traffic.message.sender &&
         !traffic.has(Occasion::announcement);
}

bool is_address(Type type) { return type == Type::a || type == Type::aaaa; }

constexpr Rule<Traffic> changes[] = {
    {
        {
            .id = "MD057",
            .name = "name-kept-after-conflict",
            .severity = Severity::error,
            .references = {{6762, "9"}},
            .message = "two hosts that go on to announce different data for one name",
            .help =
                "Who loses takes another name: \"name (2)\" for a service, \"name-2\" for a host.",
            .no_example = "needs several packets",
            .why =
                "Clients reach now the one, now the other. It is told of SRV, TXT and HINFO after "
                "ten seconds of turns, since a conflict is settled by then; a host with several "
                "interfaces on a link rightly has several addresses.",
        },
        [](const Traffic& traffic, Report& report) {
          constexpr unsigned turns = 3;
          constexpr auto settled = seconds(10);
          each_change(traffic, [&](const SeenRecord& record, const RecordSet& set,
                                   const Observation& other) {
            const auto sender = other.last_sender();
            if (set.contests.times < turns || other.said_goodbye()) return;
            if (traffic.packet.time - set.contests.since < settled) return;
            if (sender == census::no_index || !traffic.is_other_host(sender)) return;
            report.each(place_of(record),
                        {.detail = wire::type_text(record.type) + ", also " +
                                   traffic.census.senders()[sender].address.text()});
          });
        },
    },
    {
        {
            .id = "MD061",
            .name = "updates-too-often",
            .severity = Severity::warning,
            .references = {{6762, "8.4"}},
            .message = "a record changed more than ten times in a minute",
            .help = "Give what changes by another protocol.",
            .no_example = "needs several packets",
            .why = "Each change is announced to every host on the link.",
        },
        [](const Traffic& traffic, Report& report) {
          constexpr unsigned most = 10;
          each_change(traffic,
                      [&](const SeenRecord& record, const RecordSet& set, const Observation& old) {
                        if (set.updates.times < most || traffic.is_other_host(old.last_sender()))
                          return;
                        if (traffic.packet.time - set.updates.since > seconds(60)) return;
                        report.each(place_of(record), {.detail = wire::type_text(record.type)});
                      });
        },
    },
};

constexpr Rule<Traffic> returning_records[] = {
    {
        {
            .id = "MD080",
            .name = "addresses-incomplete",
            .severity = Severity::error,
            .references = {{6762, "6.2"}},
            .message = "an address that its host leaves out of some answers",
            .help = "Give all addresses that are valid on the interface, every time.",
            .no_example = "needs several packets",
            .why =
                "The cache-flush bit makes clients forget the address that is left out. It is told "
                "when the address comes back, since it could have been taken away.",
        },
        [](const Traffic& traffic, Report& report) {
          for (const SeenRecord& record : traffic.message.records) {
            if (!is_address(record.type) || !was_left_out(traffic, record)) continue;
            report.each(place_of(record), {.detail = traffic.before(record)->address().text()});
          }
        },
    },
    {
        {
            .id = "MD088",
            .name = "set-incomplete",
            .severity = Severity::error,
            .references = {{6762, "10.2"}},
            .message = "a record that its host leaves out of some answers with the cache-flush bit",
            .help =
                "Send all records of the name and type together, in one packet or back to back.",
            .no_example = "needs several packets",
            .why =
                "The bit makes clients forget what is left out. It is told when the record comes "
                "back, since it could have been taken away.",
        },
        [](const Traffic& traffic, Report& report) {
          for (const SeenRecord& record : traffic.message.records) {
            if (!was_left_out(traffic, record)) continue;
            if (traffic.before(record)->set().together < 2) continue;
            report.each(place_of(record), {.detail = wire::type_text(record.type)});
          }
        },
    },
};

constexpr Rule<Traffic> address_answers[] = {
    {
        {
            .id = "MD082",
            .name = "other-family-missing",
            .severity = Severity::info,
            .references = {{6762, "6.2"}},
            .message = "an address record without the other family's, or an NSEC record, beside it",
            .help = "Add AAAA to A and A to AAAA, or an NSEC record that says there is none.",
            .no_example = "needs the other records of the host",
            .why = "Clients that want the other family have to ask for it.",
        },
        [](const Traffic& traffic, Report& report) {
          constexpr std::size_t most = 64;  // of more, all are compared with all
          const auto& records = traffic.message.records;
          if (records.size() > most) return;
          const bool ipv6 = traffic.packet.source.address.is_ipv6();
          for (const SeenRecord& record : records) {
            if (!is_address(record.type) || record.section != wire::Section::answer) continue;
            if (record.ttl == 0 || record.name == census::no_index) continue;
            const Type other = record.type == Type::a ? Type::aaaa : Type::a;
            const bool is_told = std::ranges::any_of(records, [&](const SeenRecord& beside) {
              return beside.name == record.name &&
                     (beside.type == other || beside.type == Type::nsec);
            });
            if (is_told) continue;
            for (const Type type : {other, Type::nsec}) {
              const RecordSet* set =
                  traffic.census.find_set(record.name, type, traffic.packet.interface);
              if (!set || set->newest == census::no_index) continue;
              const Observation& known = traffic.census.records()[set->newest];
              const bool is_of_sender =
                  known.multicast_over(ipv6).sender == traffic.message.sender &&
                  traffic.message.sender != census::no_index;
              if (known.count() == 0 || !known.is_live(traffic.packet.time) || !is_of_sender)
                continue;
              report.each(place_of(record), {.detail = "no " + wire::type_text(other)});
              break;
            }
          }
        },
    },
};

}  // namespace

Table<Traffic> change_rules() { return changes; }
Table<Traffic> returning_record_rules() { return returning_records; }
Table<Traffic> address_answer_rules() { return address_answers; }

}  // namespace srvwarden::rules
