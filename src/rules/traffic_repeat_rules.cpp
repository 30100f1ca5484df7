// Rules of records that are multicast too soon or too often. RFC 6762 §6 and §8.3.
// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <string>

#include "rules/traffic_rules.hpp"

namespace srvwarden::rules {

namespace {

using census::Announcing;
using census::Observation;
using census::SeenRecord;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// Runs `check` for each announced record of a series, with the series before it and the interval.
template <class Check>
void each_in_series(const Traffic& traffic, Check check) {
  constexpr auto copies = milliseconds(200);  // by both families
  for (const SeenRecord& record : traffic.message.records) {
    const Observation* before = traffic.before(record);
    if (!before || record.section != wire::Section::answer || record.ttl == 0) continue;
    const Announcing& announcing = before->announcing();
    if (announcing.times == 0 || announcing.sender != traffic.message.sender) continue;
    const auto interval = traffic.packet.time - announcing.last;
    if (interval >= copies) check(record, announcing, interval);
  }
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
            .why =
                "Every host on the link is woken by each copy. What only stands beside an answer, "
                "in the Additional section, is not told; Avahi repeats its address beside "
                "each "
                "new service.",
        },
        [](const Traffic& traffic, Report& report) {
          constexpr auto interval = milliseconds(1000);
          constexpr auto defence = milliseconds(250);
          for (const SeenRecord& record : traffic.message.records) {
            const Observation* before = traffic.before(record);
            if (!before || record.section != wire::Section::answer) continue;
            if (record.ttl == 0 || before->said_goodbye()) continue;
            // Beside what is new a host may say once more where it is, as Avahi does.
            const bool is_address = record.type == wire::Type::a || record.type == wire::Type::aaaa;
            if (is_address && traffic.census.has_news(traffic.message)) continue;
            const auto& last = before->multicast_over(traffic.packet.source.address.is_ipv6());
            if (last.sender != traffic.message.sender || last.sender == census::no_index) continue;
            const auto gap = traffic.packet.time - last.time;
            if (std::chrono::round<milliseconds>(gap) >= interval) continue;
            if (std::chrono::round<milliseconds>(gap) >= defence && traffic.is_probed(record.name))
              continue;
            report.each(place_of(record), {.detail = in_milliseconds(gap)});
          }
        },
    },
};

constexpr Rule<Traffic> announcements[] = {
    {
        {
            .id = "MD059",
            .name = "announcements-not-doubling",
            .severity = Severity::error,
            .references = {{6762, "8.3"}},
            .message =
                "a record announced more than eight times, or at intervals that do not double",
            .help =
                "Announce two to eight times, each interval twice the one before, then be silent.",
            .no_example = "needs several packets",
            .why = "Each copy loads the link and wakes every host. An interval that is a tenth too "
                   "short is put down to the link, an odd one to a question that was not seen, and "
                   "what follows a change or a probe begins anew.",
        },
        [](const Traffic& traffic, Report& report) {
          if (traffic.census.has_news(traffic.message)) return;
          const bool probed = traffic.census.follows_probes(traffic.packet, traffic.message);
          constexpr unsigned most = 8;
          constexpr auto periodic = seconds(10);  // MD060
          each_in_series(traffic, [&](const SeenRecord& record, const Announcing& series,
                                      wire::Time::duration interval) {
            if (interval > census::longest_announcing || series.times < 2) return;
            if (series.is_beside) return;
            if (probed && !series.is_after_probes(traffic.packet.time)) return;
            if (census::doubles(interval, series.interval)) {
              if (series.times >= most && !series.has_short_interval)
                report.each(place_of(record), {.detail = "nine times"});
              return;
            }
            if (interval >= periodic) return;
            const bool is_regular =
                std::chrono::abs(interval - series.interval) * 10 <= series.interval;
            if (!is_regular && series.short_intervals == 0) return;
            report.each(place_of(record), {.detail = in_milliseconds(interval) + " after " +
                                                     in_milliseconds(series.interval)});
          });
        },
    },
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
          if (traffic.census.has_news(traffic.message)) return;
          if (traffic.census.follows_probes(traffic.packet, traffic.message)) return;
          each_in_series(traffic, [&](const SeenRecord& record, const Announcing& series,
                                      wire::Time::duration interval) {
            if (!census::is_same_interval(interval, series.interval)) return;
            report.each(place_of(record), {.detail = "every " + in_seconds(interval)});
          });
        },
    },
};

}  // namespace

Table<Traffic> hasty_repeat_rules() { return hasty_repeats; }
Table<Traffic> announcement_rules() { return announcements; }

}  // namespace srvwarden::rules
