// Rules of records that are multicast too soon or too often. RFC 6762 §6 and §8.3.
// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <string>

#include "rules/traffic_rules.hpp"

namespace srvwarden::rules {

namespace {

using census::Observation;
using census::SeenRecord;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

std::string in_milliseconds(wire::Time::duration time) {
  return std::to_string(duration_cast<milliseconds>(time).count()) + " ms";
}

std::string in_seconds(wire::Time::duration time) {
  return std::to_string(duration_cast<std::chrono::seconds>(time).count()) + " s";
}

constexpr Rule<Traffic> hasty_repeats[] = {
    {
        {
            .id = "MD075",
            .name = "record-repeated-too-soon",
            .severity = Severity::error,
            .references = {{6762, "6"}},
            .message = "a record multicast twice within one second",
            .help = "Answer the second question with what was just multicast: all have heard it. "
                    "Only a probe may be answered after 250 ms.",
            .no_example = "needs several packets",
            .why = "Every host on the link is woken by each copy.",
        },
        [](const Traffic& traffic, Report& report) {
          constexpr auto defence = milliseconds(250);
          for (const SeenRecord& record : traffic.message.records) {
            const Observation* before = traffic.before(record);
            if (!before || record.ttl == 0 || before->said_goodbye()) continue;
            if (before->last_sender() != traffic.message.sender) continue;  // MD074
            const auto last = before->last_multicast();
            if (!last || traffic.packet.time - *last >= std::chrono::seconds(1)) continue;
            const auto gap = traffic.packet.time - *last;
            if (gap >= defence && traffic.is_probed(record.name)) continue;
            report.each(place_of(record), {.detail = in_milliseconds(gap)});
          }
        },
    },
};

constexpr Rule<Traffic> announcements[] = {
    {
        {
            .id = "MD060",
            .name = "periodic-announcements",
            .severity = Severity::error,
            .references = {{6762, "8.3"}},
            .message = "a record announced again and again at equal intervals",
            .help = "Announce two to eight times when the service starts or changes, and then only "
                    "answer questions.",
            .no_example = "needs several packets",
            .why = "It loads the link for nothing: caches ask before a record expires.",
        },
        [](const Traffic& traffic, Report& report) {
          for (const SeenRecord& record : traffic.message.records) {
            const Observation* before = traffic.before(record);
            if (!before || record.section != wire::Section::answer || record.ttl == 0) continue;
            const census::Announcing& announcing = before->announcing();
            if (announcing.equal_intervals < 1) continue;  // this one would be the third at least
            const auto gap = traffic.packet.time - announcing.last;
            if (!census::is_same_interval(gap, announcing.interval)) continue;
            report.each(place_of(record), {.detail = "every " + in_seconds(gap)});
          }
        },
    },
};

}  // namespace

Table<Traffic> hasty_repeat_rules() { return hasty_repeats; }
Table<Traffic> announcement_rules() { return announcements; }

}  // namespace srvwarden::rules
