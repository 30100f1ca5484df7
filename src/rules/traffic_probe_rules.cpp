// Rules of probes, and of what is announced after them or without. RFC 6762 §8.1 and §8.2.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <string>

#include "rules/traffic_rules.hpp"

namespace srvwarden::rules {

namespace {

using census::Announcing;
using census::Observation;
using census::Probing;
using census::SeenQuestion;
using census::SeenRecord;
using std::chrono::milliseconds;
using std::chrono::seconds;
using wire::Type;

constexpr auto probe_interval = milliseconds(250);
/// RFC 6762 gives exact times: a tenth is allowed.
constexpr auto shortest_interval = milliseconds(225);
constexpr auto longest_interval = milliseconds(275);

/// Runs `check` for each question that probes.
template <class Check>
void each_probe(const Traffic& traffic, Check check) {
  for (const SeenQuestion& question : traffic.message.questions) {
    if (question.proposes) check(question);
  }
}

std::string text_of(const Traffic& traffic, const SeenQuestion& question) {
  return rules::text_of(traffic.census, question.name, question.type);
}

/// This sender's probes for a name in the last second, or null.
const Probing* own_probing(const Traffic& traffic, std::uint32_t name) {
  for (const Probing& probing : traffic.census.probings(name)) {
    if (probing.sender != traffic.message.sender) continue;
    if (traffic.packet.time - probing.last < seconds(1)) return &probing;
  }
  return nullptr;
}

/// The types of records that hosts must probe for.
bool is_probed_for(Type type) {
  return type == Type::srv || type == Type::txt || type == Type::a || type == Type::aaaa;
}

/// A record of a name that nobody has announced before.
bool is_of_new_name(const Traffic& traffic, const SeenRecord& record) {
  const Observation* before = traffic.before(record);
  return before && before->count() == 0 && record.cache_flush && record.ttl > 0 &&
         record.section == wire::Section::answer && is_probed_for(record.type) &&
         !traffic.census.owned_since(record.name);
}

/// When this sender last asked for all records of a name, proposing nothing.
const census::Asking* empty_probe(const Traffic& traffic, std::uint32_t name) {
  return traffic.census.find_asking(name, Type::any, traffic.packet.interface,
                                    traffic.message.sender);
}

/// Longer than an interval, and not because a probe in between was lost.
bool is_too_long(wire::Time::duration gap) {
  if (gap <= longest_interval) return false;
  const auto probes = (gap + probe_interval / 2) / probe_interval;
  return std::chrono::abs(gap - probes * probe_interval) * 10 > probe_interval;
}

constexpr Rule<Traffic> probes[] = {
    {
        {
            .id = "MD052",
            .name = "probe-type",
            .severity = Severity::warning,
            .references = {{6762, "8.1"}},
            .message = "a probe for one type of record",
            .help = "Ask for type ANY: a name is one's own with all its records.",
            .no_example = "needs an Authority section",
            .why = "Who has other records of the name need not answer, and both hosts keep it.",
        },
        [](const Traffic& traffic, Report& report) {
          each_probe(traffic, [&](const SeenQuestion& question) {
            const bool is_whole = question.type == Type::any;
            if (!is_whole && question.has_answer) {
              report(sender_place, {.detail = text_of(traffic, question)});
            }
          });
        },
    },
    {
        {
            .id = "MD053",
            .name = "probe-by-multicast",
            .severity = Severity::warning,
            .references = {{6762, "8.1"}},
            .message = "probes without the unicast-response bit",
            .help = "Set the top bit of the question's class, in the first probe at least.",
            .no_example = "needs an Authority section",
            .why =
                "Who owns the name may answer by unicast at once; a record may be multicast once a "
                "second only. It is told at the third probe, since RFC 6762 §5.4 has the bit "
                "in the first question of a series; Avahi and systemd-resolved never set it.",
        },
        [](const Traffic& traffic, Report& report) {
          each_probe(traffic, [&](const SeenQuestion& question) {
            const Probing* own = own_probing(traffic, question.name);
            if (!own || own->times < 2 || own->by_unicast || question.wants_unicast) return;
            report(sender_place, {.detail = text_of(traffic, question)});
          });
        },
    },
    {
        {
            .id = "MD055",
            .name = "conflicts-without-pause",
            .severity = Severity::error,
            .references = {{6762, "8.1"}},
            .message = "a new probe within five seconds of the fifteenth conflict in ten",
            .help = "After fifteen conflicts within ten seconds, wait five before each new probe.",
            .no_example = "needs several packets",
            .why = "Two hosts that both rename without end fill the link.",
        },
        [](const Traffic& traffic, Report& report) {
          constexpr unsigned most = 15;
          constexpr auto pause = seconds(5);
          if (traffic.message.sender == census::no_index) return;
          const auto& conflicts = traffic.census.senders()[traffic.message.sender].conflicts;
          if (conflicts.times < most || traffic.packet.time - conflicts.last >= pause) return;
          each_probe(traffic, [&](const SeenQuestion& question) {
            if (own_probing(traffic, question.name)) return;  // goes on
            report(sender_place, {.detail = text_of(traffic, question)});
          });
        },
    },
    {
        {
            .id = "MD056",
            .name = "tiebreak-lost-and-ignored",
            .severity = Severity::error,
            .references = {{6762, "8.2"}},
            .message = "a host that goes on to probe, though another host's proposal is greater",
            .help = "Compare class, type and data as unsigned octets; whose are less waits for a "
                    "second and then probes again.",
            .no_example = "needs several packets",
            .why = "Both hosts announce the name.",
        },
        [](const Traffic& traffic, Report& report) {
          constexpr auto in_flight = milliseconds(50);
          each_probe(traffic, [&](const SeenQuestion& question) {
            const Probing* own = own_probing(traffic, question.name);
            const auto mine = traffic.message.proposal(question);
            if (!own || own->times < 2 || mine.empty()) return;
            for (const Probing& other : traffic.census.probings(question.name)) {
              const auto silence = traffic.packet.time - other.last;
              const auto& address = traffic.census.senders()[other.sender].address;
              if (address.is_ipv6() != traffic.packet.source.address.is_ipv6()) continue;
              if (other.times < 2 || silence < in_flight || silence >= seconds(1)) continue;
              if (!traffic.is_other_host(other.sender)) continue;
              if (mine.substr(0, Probing::max_proposal) >= other.proposal) continue;
              report(sender_place,
                     {.detail = text_of(traffic, question) + ", also " + address.text()});
            }
          });
        },
    },
};

constexpr Rule<Traffic> first_announcements[] = {
    {
        {
            .id = "MD050",
            .name = "announced-without-probing",
            .severity = Severity::error,
            .references = {{6762, "8.1"}},
            .message = "a unique record announced, and nobody probed for its name",
            .help = "Probe three times, 250 ms apart, before you announce a name.",
            .no_example = "needs several packets",
            .why =
                "Two hosts may have the name, and clients reach now the one, now the other. It is "
                "told at the second announcement: the first could be an answer.",
        },
        [](const Traffic& traffic, Report& report) {
          constexpr auto second = milliseconds(1500);
          constexpr auto probing = seconds(3);
          for (const SeenRecord& record : traffic.message.records) {
            const Observation* before = traffic.before(record);
            if (!before || !is_probed_for(record.type) || record.ttl == 0) continue;
            const Announcing& series = before->announcing();
            if (!series.without_probes || series.times != 1) continue;
            const auto interval = traffic.packet.time - series.last;
            if (series.sender != traffic.message.sender || interval < milliseconds(200)) continue;
            if (interval >= second) continue;
            const census::Asking* asking = empty_probe(traffic, record.name);
            if (asking && series.first - asking->last < probing) continue;  // MD054
            report.each(place_of(record), {.detail = wire::type_text(record.type)});
          }
        },
    },
    {
        {
            .id = "MD051",
            .name = "probe-timing",
            .severity = Severity::warning,
            .references = {{6762, "8.1"}},
            .message = "probes that are not three, 250 ms apart, with as long a wait behind them",
            .help = "Probe at 0, 250 and 500 ms, announce at 750 ms.",
            .no_example = "needs several packets",
            .why = "A host that owns the name may need as long to answer. A tenth is allowed. "
                   "Avahi announces 200 ms after its last probe, systemd-resolved probes every "
                   "500 ms, Apple's third probe is 100 ms late. Fewer than three are told when a "
                   "sender did it twice: one may have been lost.",
        },
        [](const Traffic& traffic, Report& report) {
          std::uint32_t told = census::no_index;
          for (const SeenRecord& record : traffic.message.records) {
            if (!is_of_new_name(traffic, record) || record.name == told) continue;
            const Probing* probing = own_probing(traffic, record.name);
            if (!probing || probing->has_varied || probing->had_conflict) continue;
            const auto wait = traffic.packet.time - probing->last;
            const auto& suspicion = traffic.census.senders()[traffic.message.sender].short_probings;
            const bool again = suspicion.times > 0 && probing->first > suspicion.last &&
                               traffic.packet.time - suspicion.last >= seconds(1);
            std::string detail;
            if (probing->times > 3 || (probing->times < 3 && again)) {
              detail = std::to_string(probing->times) + " probes";
            } else if (probing->times > 1 && probing->shortest < shortest_interval) {
              detail = in_milliseconds(probing->shortest) + " apart";
            } else if (probing->times > 1 && is_too_long(probing->longest)) {
              detail = in_milliseconds(probing->longest) + " apart";
            } else if (wait < shortest_interval) {
              detail = "announced after " + in_milliseconds(wait);
            }
            if (!detail.empty()) report.each(place_of(record), {.detail = std::move(detail)});
            told = record.name;
          }
        },
    },
    {
        {
            .id = "MD054",
            .name = "probe-without-records",
            .severity = Severity::error,
            .references = {{6762, "8.2"}},
            .message = "a record announced that the probes for its name did not propose",
            .help = "Put all records that the name is to have in the Authority section.",
            .no_example = "needs several packets",
            .why = "Of two hosts that probe together, the records decide who may have the name. "
                   "Apple's "
                   "responder leaves out TXT.",
        },
        [](const Traffic& traffic, Report& report) {
          const auto& records = traffic.message.records;
          for (const SeenRecord& record : records) {
            if (!is_of_new_name(traffic, record)) continue;
            if (const Probing* probing = own_probing(traffic, record.name)) {
              const bool is_rest = (probing->types & census::type_bit(record.type)) == 0;
              const bool has_proposed = std::ranges::any_of(records, [&](const SeenRecord& other) {
                return other.name == record.name &&
                       (probing->types & census::type_bit(other.type)) != 0;
              });
              if (!is_rest || !has_proposed) continue;
            } else {
              const census::Asking* asking = empty_probe(traffic, record.name);
              if (!asking || asking->times < 2) continue;
              if (traffic.packet.time - asking->last >= seconds(1)) continue;
              if (asking->interval >= seconds(1)) continue;
            }
            report.each(place_of(record), {.detail = wire::type_text(record.type)});
          }
        },
    },
};

}  // namespace

Table<Traffic> probe_rules() { return probes; }
Table<Traffic> first_announcement_rules() { return first_announcements; }

}  // namespace srvwarden::rules
