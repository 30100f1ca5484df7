// Rules of how often, and with which known answers, a host asks. RFC 6762 §5 and §7.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <string>

#include "rules/traffic_rules.hpp"

namespace srvwarden::rules {

namespace {

using census::Asking;
using census::MessageRole;
using census::Observation;
using census::SeenQuestion;
using census::SeenRecord;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Duration = wire::Time::duration;

/// A packet that a capture has twice.
constexpr auto same_packet = milliseconds(100);

/// Runs `check` for each question of a querier that knows mDNS, with what it asked before. Legacy
/// resolvers ask as they like, RFC 6762 §6.7, and who probes may just have joined the link.
template <class Check>
void each_again(const Traffic& traffic, Check check) {
  if (traffic.message.role != MessageRole::query) return;
  if (!traffic.packet.destination.address.is_multicast() || traffic.has(Occasion::probe)) return;
  if (traffic.census.follows_probes(traffic.packet, traffic.message)) return;
  for (const SeenQuestion& question : traffic.message.questions) {
    if (question.proposes || question.asking == census::no_index) continue;
    const Asking& asking = traffic.census.askings()[question.asking];
    if (asking.times == 0) continue;
    const Duration gap = traffic.packet.time - asking.last;
    if (gap >= same_packet) check(question, asking, gap);
  }
}

bool is_regular(Duration interval, Duration before) {
  return std::chrono::abs(interval - before) * 10 <= before;
}

/// Whether a record of the set is so old that caches ask for it anew: from 80 % of its TTL on, a
/// little sooner by what we know. RFC 6762 §5.2. Of very many records we cannot tell.
bool needs_refresh(const Traffic& traffic, const SeenQuestion& question) {
  const census::RecordSet* set =
      traffic.census.find_set(question.name, question.type, traffic.packet.interface);
  if (!set) return false;
  constexpr unsigned most = 64;
  if (set->records > most) return true;
  for (std::uint32_t at = set->newest; at != census::no_index;) {
    const Observation& record = traffic.census.records()[at];
    const Duration age = traffic.packet.time - record.last().time;
    const Duration ttl = seconds(record.ttl());
    if (record.count() > 0 && age * 4 >= ttl * 3 && age <= ttl + ttl / 10 + seconds(2)) return true;
    at = record.older();
  }
  return false;
}

std::string text_of(const Traffic& traffic, const SeenQuestion& question) {
  return rules::text_of(traffic.census, question.name, question.type);
}

constexpr Rule<Traffic> questions[] = {
    {
        {
            .id = "MD037",
            .name = "unicast-asked-again",
            .severity = Severity::warning,
            .references = {{6762, "5.4"}},
            .message = "a question asked again with the unicast-response bit",
            .help = "Set the bit the first time only.",
            .no_example = "needs several packets",
            .why = "Answers by unicast reach one host, and the next has to ask for itself. A host "
                   "that "
                   "asks again after ten seconds may have begun anew, unless it does so regularly.",
        },
        [](const Traffic& traffic, Report& report) {
          each_again(
              traffic, [&](const SeenQuestion& question, const Asking& asking, Duration gap) {
                if (!question.wants_unicast || !asking.wanted_unicast) return;
                const bool is_series = gap < seconds(10);
                const bool is_periodic = asking.times > 1 && is_regular(gap, asking.interval);
                if (!is_series && !is_periodic) return;
                if (needs_refresh(traffic, question)) return;
                report(sender_place, {.detail = text_of(traffic, question)});
              });
        },
    },
    {
        {
            .id = "MD073",
            .name = "question-repeats-another-hosts",
            .severity = Severity::warning,
            .references = {{6762, "7.3"}},
            .message = "a question that another host had just asked",
            .help =
                "Take what another host asks as asked, if it lists no known answer that you lack.",
            .heuristic = true,
            .no_example = "needs several packets",
            .why =
                "All hosts that wait for the same thing ask together, and all are answered. It is "
                "told from 10 to 100 ms after the other question: sooner, both were on their way.",
        },
        [](const Traffic& traffic, Report& report) {
          constexpr auto on_its_way = milliseconds(10);
          constexpr auto planned = milliseconds(100);  // questions wait 20 to 120 ms: §5.2
          const auto sender = traffic.message.sender;
          if (sender == census::no_index || traffic.message.role != MessageRole::query) return;
          const census::Sender& asker = traffic.census.senders()[sender];
          if (asker.packets == 0 || traffic.packet.time - asker.first < seconds(1)) return;
          for (const SeenQuestion& question : traffic.message.questions) {
            if (question.proposes || question.wants_unicast || question.has_answer) continue;
            if (question.row == census::no_index) continue;
            const census::Question& last = traffic.census.questions()[question.row];
            const Duration gap = traffic.packet.time - last.last_any;
            if (gap < on_its_way || gap > planned) continue;
            if (last.wanted_unicast || last.had_answers) continue;
            if (last.asker == census::no_index || !traffic.is_other_host(last.asker)) continue;
            const wire::Address& other = traffic.census.senders()[last.asker].address;
            if (other.is_ipv6() != traffic.packet.source.address.is_ipv6()) continue;
            report(sender_place, {.detail = text_of(traffic, question) + ", " +
                                            in_milliseconds(gap) + " after " + other.text()});
          }
        },
    },
    {
        {
            .id = "MD076",
            .name = "questions-too-often",
            .severity = Severity::error,
            .references = {{6762, "5.2"}},
            .message = "a question asked again within a second, or at intervals that do not double",
            .help = "Ask again after a second, then after twice the time each, up to an hour.",
            .no_example = "needs several packets",
            .why =
                "Many such hosts flood the link. Intervals are told where two are equal and below "
                "30 s: what comes later may be a new question, and a record that is about to "
                "expire is asked for four times.",
        },
        [](const Traffic& traffic, Report& report) {
          constexpr auto first_interval = milliseconds(1000);
          constexpr auto one_series = seconds(30);
          each_again(
              traffic, [&](const SeenQuestion& question, const Asking& asking, Duration gap) {
                const bool is_soon = std::chrono::round<milliseconds>(gap) < first_interval;
                const bool is_equal =
                    asking.times > 1 && gap < one_series && is_regular(gap, asking.interval);
                if (!is_soon && !is_equal) return;
                if (asking.truncated || needs_refresh(traffic, question)) return;  // MD072
                report(sender_place,
                       {.detail = text_of(traffic, question) + " after " + in_milliseconds(gap)});
              });
        },
    },
};

constexpr Rule<Traffic> continuations[] = {
    {
        {
            .id = "MD072",
            .name = "known-answers-broken-off",
            .severity = Severity::error,
            .references = {{6762, "7.2"}},
            .message = "known answers in several packets that do not belong together",
            .help = "Set TC in all packets but the last, and ask in the first one only.",
            .no_example = "needs several packets",
            .why = "Responders wait for packets that do not come, or answer what is known. That "
                   "nothing followed is told the second time: a packet may have been lost.",
        },
        [](const Traffic& traffic, Report& report) {
          constexpr auto one_message = milliseconds(500);
          if (traffic.message.role != MessageRole::query) return;
          if (traffic.message.sender == census::no_index) return;
          const census::Sender& sender = traffic.census.senders()[traffic.message.sender];
          if (!sender.last_query) return;
          const Duration gap = traffic.packet.time - *sender.last_query;
          if (traffic.message.questions.empty()) {
            if (!sender.awaits_continuation && gap < one_message) {
              report(sender_place, {.detail = "TC was not set"});
            }
            return;
          }
          if (sender.awaits_continuation && gap >= seconds(1)) {
            const auto& suspicion = sender.lone_truncations;
            const bool again =
                suspicion.times > 0 && *sender.last_query - suspicion.last >= seconds(1);
            if (again) report(sender_place, {.detail = "nothing followed a packet with TC"});
          }
          each_again(
              traffic, [&](const SeenQuestion& question, const Asking& asking, Duration again) {
                if (!asking.truncated || again >= one_message || !asking.had_answers) return;
                report(sender_place, {.detail = text_of(traffic, question) + " is asked again"});
              });
        },
    },
};

constexpr Rule<Traffic> known_answers[] = {
    {
        {
            .id = "MD071",
            .name = "known-answer-too-old",
            .severity = Severity::warning,
            .references = {{6762, "7.1"}},
            .message = "a known answer with less than half of its TTL",
            .help = "List what has at least half of its TTL left.",
            .no_example = "needs the record",
            .why = "It takes room and suppresses nothing.",
        },
        [](const Traffic& traffic, Report& report) {
          if (traffic.message.role != MessageRole::query) return;
          for (const SeenRecord& record : traffic.message.records) {
            const Observation* known = traffic.before(record);
            if (!known || record.section != wire::Section::answer || known->count() == 0) continue;
            // Who announces it with another TTL, or did so before we listened, is not known.
            if (known->ttl() != known->full_ttl() || known->senders().empty()) continue;
            const bool one_host =
                std::ranges::all_of(known->senders(), [&](census::SenderId sender) {
                  return traffic.census.may_be_one_host(sender, known->senders().front());
                });
            if (!one_host || std::uint64_t{record.ttl} * 2 >= known->ttl()) continue;
            report(sender_place,
                   {.detail = rules::text_of(traffic.census, record.name, record.type) + ", " +
                              std::to_string(record.ttl) + " of " + std::to_string(known->ttl()) +
                              " s"});
          }
        },
    },
};

}  // namespace

Table<Traffic> question_rules() { return questions; }
Table<Traffic> continuation_rules() { return continuations; }
Table<Traffic> known_answer_rules() { return known_answers; }

}  // namespace srvwarden::rules
