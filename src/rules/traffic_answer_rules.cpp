// Rules of answers beside their questions. RFC 6762 §5.4, §5.5, §6 and §7.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <string>

#include "rules/traffic_rules.hpp"

namespace srvwarden::rules {

namespace {

using census::Observation;
using census::Question;
using census::SeenRecord;
using std::chrono::milliseconds;
using std::chrono::seconds;
using wire::Section;
using wire::Type;
using Duration = wire::Time::duration;

/// The last moment for an answer, RFC 6762 §6.3, and a tenth.
constexpr auto latest = milliseconds(682);

/// A response this long after a question may still answer it. RFC 6762 §6.
constexpr auto answer_window = seconds(2);

/// Whether a record may come for another reason than the questions of its own type.
bool may_have_another_cause(const Traffic& traffic, const SeenRecord& record,
                            const Observation& before) {
  const wire::Time time = traffic.packet.time;
  const census::Announcing& series = before.announcing();
  if (traffic.census.has_news(traffic.message)) return true;
  if (traffic.census.follows_probes(traffic.packet, traffic.message)) return true;
  if (before.count() == 0 || before.said_goodbye() || record.ttl == 0) return true;
  // It may be announced still. Those that fell behind a question were taken for answers.
  if (time - before.begun() < census::longest_announcing) return true;
  if (series.times > 0 && time - series.last < census::longest_announcing) return true;
  const Question* any =
      traffic.census.find_question(record.name, Type::any, traffic.packet.interface);
  if (any && time - any->last_any < answer_window) return true;
  return std::ranges::any_of(
      traffic.census.probings(record.name),
      [&](const census::Probing& probing) { return time - probing.last < answer_window; });
}

const Question* question_of(const Traffic& traffic, const SeenRecord& record) {
  return traffic.census.find_question(record.name, record.type, traffic.packet.interface);
}

/// The host that a unicast response goes to, as it was heard, or null.
const census::Sender* receiver_of(const Traffic& traffic) {
  const auto sender =
      traffic.census.find_sender(traffic.packet.destination.address, traffic.packet.interface);
  return sender == census::no_index ? nullptr : &traffic.census.senders()[sender];
}

constexpr Rule<Traffic> listed_answers[] = {
    {
        {
            .id = "MD070",
            .name = "known-answer-repeated",
            .severity = Severity::error,
            .references = {{6762, "7.1"}},
            .message = "an answer that the query listed as known",
            .help = "Leave out what the query has with at least half of its TTL.",
            .no_example = "needs several packets",
            .why =
                "On a link with many services most answers are known: they come again with every "
                "question.",
        },
        [](const Traffic& traffic, Report& report) {
          for (const SeenRecord& record : traffic.message.records) {
            const Observation* before = traffic.before(record);
            if (!before || record.section != Section::answer) continue;
            const census::Listing& listing = before->listing();
            const Duration delay = traffic.packet.time - listing.last;
            if (!listing.is_listed || delay > latest) continue;
            const Question* question = question_of(traffic, record);
            if (!question || question->last_any != listing.last) continue;  // asked without it
            if (traffic.packet.time - listing.asked_before < answer_window) continue;
            if (may_have_another_cause(traffic, record, *before)) continue;
            report.each(place_of(record), {.detail = in_milliseconds(delay) + " after it"});
          }
        },
    },
};

constexpr Rule<Traffic> other_answers[] = {
    {
        {
            .id = "MD074",
            .name = "answer-repeats-another-hosts",
            .severity = Severity::warning,
            .references = {{6762, "7.4"}},
            .message = "an answer that another host had just given",
            .help = "Drop an answer when another host multicasts the same with no lower TTL.",
            .heuristic = true,
            .no_example = "needs several packets",
            .why =
                "Records that many hosts have, such as the list of types, come as often as there "
                "are hosts. It is told from 10 to 500 ms after the other's: sooner, both were on "
                "their way.",
        },
        [](const Traffic& traffic, Report& report) {
          constexpr auto on_its_way = milliseconds(10);
          constexpr auto longest_delay = milliseconds(500);
          const bool ipv6 = traffic.packet.source.address.is_ipv6();
          for (const SeenRecord& record : traffic.message.records) {
            const Observation* before = traffic.before(record);
            if (!before || record.section != Section::answer || record.ttl == 0) continue;
            const census::Multicast& other = before->multicast_over(ipv6);
            if (other.sender == census::no_index || !traffic.is_other_host(other.sender)) continue;
            const Duration gap = traffic.packet.time - other.time;
            if (gap < on_its_way || gap > longest_delay || before->ttl() < record.ttl) continue;
            const Question* question = question_of(traffic, record);
            if (!question || question->last_any >= other.time) continue;
            if (other.time - question->last_any >= answer_window) continue;
            report.each(place_of(record),
                        {.detail = in_milliseconds(gap) + " after " +
                                   traffic.census.senders()[other.sender].address.text()});
          }
        },
    },
};

constexpr Rule<Traffic> untimely_answers[] = {
    {
        {
            .id = "MD077",
            .name = "answer-untimely",
            .severity = Severity::warning,
            .references = {{6762, "6"}, {6762, "6.3"}, {6762, "7.2"}},
            .message = "a shared record sent within 20 ms of the question, or after 620",
            .help =
                "Wait for 20 to 120 ms, by chance, before answering with what others have, too.",
            .no_example = "needs several packets",
            .why = "Hosts that answer at once answer together, and packets collide; queriers have "
                   "given up on those that are late. A tenth is allowed.",
        },
        [](const Traffic& traffic, Report& report) {
          constexpr auto soonest = milliseconds(18);
          for (const SeenRecord& record : traffic.message.records) {
            const Observation* before = traffic.before(record);
            if (!before || record.section != Section::answer || record.type != Type::ptr) continue;
            if (record.cache_flush || may_have_another_cause(traffic, record, *before)) continue;
            const Question* question = question_of(traffic, record);
            if (!question || question->wanted_unicast) continue;
            const Duration delay = traffic.packet.time - question->last_any;
            const bool was_asked_before =
                traffic.packet.time - question->before_last < answer_window;
            const bool was_silent = before->last_multicast() &&
                                    question->last_any - *before->last_multicast() > seconds(1);
            const bool is_early = delay < soonest && !was_asked_before;
            const bool is_late = delay > latest && delay < answer_window && was_silent;
            if (!is_early && !is_late) continue;
            report.each(place_of(record), {.detail = in_milliseconds(delay)});
          }
        },
    },
};

constexpr Rule<Traffic> unicast_responses[] = {
    {
        {
            .id = "MD003",
            .name = "unicast-not-asked-for",
            .severity = Severity::error,
            .references = {{6762, "6"}},
            .message = "a unicast response that its receiver did not ask for",
            .help = "Multicast what was not asked for with the unicast-response bit or by unicast.",
            .no_example = "needs several packets",
            .why = "Receivers ignore it: anybody could fill their caches unseen.",
        },
        [](const Traffic& traffic, Report& report) {
          constexpr auto window = milliseconds(2500);  // two seconds, and what the link takes
          if (traffic.message.role != census::MessageRole::unicast_response) return;
          if (!traffic.is_after(window) || traffic.census.counts().questions_dropped > 0) return;
          const auto receiver = traffic.census.find_sender(traffic.packet.destination.address,
                                                           traffic.packet.interface);
          const auto was_asked_for = [&](const SeenRecord& record) {
            return std::ranges::any_of(std::array{record.type, Type::any}, [&](Type type) {
              const census::Asking* asking =
                  traffic.census.find_asking(record.name, type, traffic.packet.interface, receiver);
              return asking && asking->last_unicast &&
                     traffic.packet.time - *asking->last_unicast < window;
            });
          };
          bool has_answers = false;
          for (const SeenRecord& record : traffic.message.records) {
            if (record.section != Section::answer || record.name == census::no_index) continue;
            if (record.type == Type::cname || was_asked_for(record)) return;
            has_answers = true;
          }
          if (!has_answers) return;
          report(sender_place, {.detail = "to " + traffic.packet.destination.address.text()});
        },
    },
    {
        {
            .id = "SC010",
            .name = "amplification",
            .severity = Severity::info,
            .references = {{6762, "5.5"}, {6762, "21"}},
            .message = "a unicast response more than five times as large as its query",
            .help =
                "Limit how often unicast queries are answered, and answer none from off the link.",
            .no_example = "needs several packets",
            .why = "Who sends queries in another host's name floods it with what is answered.",
        },
        [](const Traffic& traffic, Report& report) {
          constexpr std::size_t factor = 5;
          const census::Sender* receiver = receiver_of(traffic);
          if (!receiver || !receiver->last_query) return;
          if (traffic.packet.time - *receiver->last_query >= answer_window) return;
          const std::size_t size = traffic.packet.payload.size();
          if (size <= factor * receiver->query_size) return;
          report(sender_place, {.detail = std::to_string(receiver->query_size) + " octets asked, " +
                                          std::to_string(size) + " answered"});
        },
    },
};

}  // namespace

Table<Traffic> listed_answer_rules() { return listed_answers; }
Table<Traffic> other_answer_rules() { return other_answers; }
Table<Traffic> untimely_answer_rules() { return untimely_answers; }
Table<Traffic> unicast_response_rules() { return unicast_responses; }

}  // namespace srvwarden::rules
