// Rules of what was announced, withdrawn or answered too seldom. RFC 6762 §6, §8.3, §8.4 and §10.1.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <string>

#include "rules/sequence_end.hpp"

namespace srvwarden::rules {

namespace {

using census::no_index;
using census::Observation;
using census::Question;
using census::RecordSet;
using std::chrono::seconds;
using wire::Type;

constexpr Span whole{0, 0};
constexpr auto patience = seconds(2);  // answers and goodbyes that are on their way
constexpr unsigned enough = 3;         // questions: two may have been lost

/// When a question was asked for the third time, counted from the last; the epoch if it was not.
wire::Time third_last(const Question& question) { return question.in_public[enough - 1]; }

/// An SRV record that said goodbye, if all have.
const Observation* withdrawn_service(const InstanceSet& set) {
  const auto& services = set.instance.services;
  const bool all = std::ranges::all_of(
      services, [](const Observation* service) { return service->said_goodbye(); });
  return all && !services.empty() ? services.back() : nullptr;
}

/// A newer PTR record of the same list and host whose instance has the same SRV data.
const Observation* renamed_to(const InstanceSet& set, const Observation& pointer) {
  constexpr unsigned most = 64;
  unsigned looked = 0;
  for (std::uint32_t at = pointer.set().newest; at != no_index && ++looked <= most;) {
    const Observation& other = set.census.records()[at];
    if (&other == &pointer) return nullptr;
    at = other.older();
    if (other.first().time <= pointer.last().time || !other.is_live(set.now)) continue;
    if (other.last_sender() != pointer.last_sender()) continue;
    const RecordSet* services =
        set.census.find_set(set.census.index_of(other.target()), Type::srv, pointer.interface());
    if (!services || services->current == no_index) continue;
    const auto& data = set.census.records()[services->current].rdata();
    const auto is_same = [&](const Observation* service) { return service->rdata() == data; };
    if (std::ranges::any_of(set.instance.services, is_same)) return &other;
  }
  return nullptr;
}

constexpr Rule<InstanceSet> withdrawals[] = {
    {
        {
            .id = "MD044",
            .name = "goodbye-incomplete",
            .severity = Severity::warning,
            .references = {{6762, "10.1"}},
            .message = "an instance that said goodbye and is still listed",
            .help = "Say goodbye for the PTR records, too: the same records with a TTL of zero.",
            .no_example = "needs several packets",
            .why = "Users see a service that is gone, for up to 75 minutes. A host that lost its "
                   "power "
                   "or its link says nothing, and rightly so: that is not told.",
        },
        [](const InstanceSet& set, Report& report) {
          const Observation* gone = withdrawn_service(set);
          if (!gone || set.now - gone->last().time < patience) return;
          for (const Observation* pointer : set.instance.pointers) {
            if (!pointer->is_live(set.now) || pointer->interface() != gone->interface()) continue;
            if (pointer->last().time > gone->last().time) continue;
            if (set.census.may_be_one_host(pointer->last_sender(), gone->last_sender())) {
              report(whole);
            }
          }
        },
    },
    {
        {
            .id = "MD046",
            .name = "renamed-without-goodbye",
            .severity = Severity::error,
            .references = {{6762, "8.4"}},
            .message = "an instance that its host lists under another name, without a goodbye for "
                       "the old one",
            .help = "Say goodbye for the old PTR record before the new one is announced.",
            .heuristic = true,
            .no_example = "needs several packets",
            .why =
                "Users see both, and one of them cannot be opened. It is told where the new name "
                "has the same host and port and the old one was asked for three times in vain.",
        },
        [](const InstanceSet& set, Report& report) {
          for (const Observation* pointer : set.instance.pointers) {
            if (!pointer->is_live(set.now)) continue;
            const Question* question =
                set.census.find_question(pointer->set().name, Type::ptr, pointer->interface());
            if (!question || third_last(*question) <= pointer->last().time) continue;
            const Observation* other = renamed_to(set, *pointer);
            if (!other || other->first().time >= third_last(*question)) continue;
            if (other->last().time < question->in_public.front()) continue;  // not answered
            if (set.now - question->last < patience) continue;
            report(whole, {.detail = "now " + other->target().text()});
          }
        },
    },
};

constexpr Rule<AnnouncerEnd> announcers[] = {
    {
        {
            .id = "MD058",
            .name = "announced-once",
            .severity = Severity::error,
            .references = {{6762, "8.3"}},
            .message = "a new record that is not announced twice, a second apart",
            .help = "Announce at once after the probes, and again a second later.",
            .no_example = "needs several packets",
            .why =
                "A packet is easily lost, and those who browse do not ask again for an hour. That "
                "there was one only is told of senders that did so twice.",
        },
        [](const AnnouncerEnd& announcer, Report& report) {
          if (!announcer.hasty.empty()) {
            report(whole,
                   {.detail = "again after " +
                              std::to_string(std::chrono::round<std::chrono::milliseconds>(
                                                 announcer.hasty.front()->announcing().second_after)
                                                 .count()) +
                              " ms"});
            return;
          }
          if (announcer.once.empty()) return;
          const auto [first, last] = std::ranges::minmax(
              announcer.once, {},
              [](const Observation* record) { return record->announcing().first; });
          if (last->announcing().first - first->announcing().first >= seconds(1)) report(whole);
        },
    },
};

/// A record of a name by which its host is known to own it, and to have heard a question: it was
/// there before, and the host was heard after. Null if there is none.
const Observation* owner_record(const QuestionEnd& end) {
  const Question& question = end.question;
  if (question.asker == no_index) return nullptr;
  const bool ipv6 = end.census.senders()[question.asker].address.is_ipv6();
  for (const RecordSet* set : end.census.sets_of(question.name)) {
    if (set->interface != question.interface || set->current == no_index) continue;
    const Observation& record = end.census.records()[set->current];
    const auto sender = record.multicast_over(ipv6).sender;
    if (record.said_goodbye() || record.type() == Type::nsec || sender == no_index) continue;
    if (record.first().time >= third_last(question)) continue;
    if (!record.is_live(question.last)) continue;
    if (end.census.senders()[sender].last > question.in_public.front()) return &record;
  }
  return nullptr;
}

/// Whether records of a type were announced on the interface of a question, ever.
bool is_announced(const QuestionEnd& end, Type type) {
  const RecordSet* set = end.census.find_set(end.question.name, type, end.question.interface);
  if (!set) return false;
  for (std::uint32_t at = set->newest; at != no_index;) {
    const Observation& record = end.census.records()[at];
    if (record.count() > 0) return true;
    at = record.older();
  }
  return false;
}

constexpr Rule<QuestionEnd> question_ends[] = {
    {
        {
            .id = "MD078",
            .name = "no-negative-answer",
            .severity = Severity::error,
            .references = {{6762, "6.1"}},
            .message = "a name that its host does not deny a type of record for",
            .help = "Answer with an NSEC record that lists the types that the name has.",
            .no_example = "needs several packets",
            .why =
                "Clients wait for their timeout, where they could know at once. avahi-daemon sends "
                "no NSEC records. It is told when three questions were in vain.",
        },
        [](const QuestionEnd& end, Report& report) {
          constexpr unsigned highest = 255;  // RFC 6762 §6.1: none is made for others
          const Question& question = end.question;
          if (question.type == Type::any || static_cast<unsigned>(question.type) > highest) return;
          if (third_last(question) == wire::Time() || end.now - question.last < patience) return;
          if (is_announced(end, question.type) || is_announced(end, Type::nsec)) return;
          if (owner_record(end)) report(whole, {.detail = wire::type_text(question.type)});
        },
    },
    {
        {
            .id = "MD085",
            .name = "any-answered-partly",
            .severity = Severity::error,
            .references = {{6762, "6.5"}},
            .message = "a question for all records of a name that was answered with some",
            .help = "Answer a question of type ANY with all records that the name has.",
            .no_example = "needs several packets",
            .why = "Who asks takes what comes for all there is.",
        },
        [](const QuestionEnd& end, Report& report) {
          const Question& question = end.question;
          const wire::Time asked = question.in_public.front();
          if (question.type != Type::any || asked == wire::Time()) return;
          if (end.now - asked < patience || question.asker == no_index) return;
          const bool ipv6 = end.census.senders()[question.asker].address.is_ipv6();
          const Observation* answered = nullptr;
          const Observation* left_out = nullptr;
          for (const RecordSet* set : end.census.sets_of(question.name)) {
            if (set->interface != question.interface || set->current == no_index) continue;
            const Observation& record = end.census.records()[set->current];
            const auto& last = record.multicast_over(ipv6);
            if (record.type() == Type::nsec || record.said_goodbye()) continue;
            if (last.sender == no_index || record.first().time > asked - seconds(1)) continue;
            if (last.time >= asked && last.time - asked < patience) answered = &record;
            if (last.time < asked - seconds(1) && record.is_live(asked)) left_out = &record;
          }
          if (!answered || !left_out) return;
          if (answered->multicast_over(ipv6).sender != left_out->multicast_over(ipv6).sender)
            return;
          report(whole, {.detail = "no " + wire::type_text(left_out->type())});
        },
    },
};

}  // namespace

Table<InstanceSet> withdrawal_rules() { return withdrawals; }
Table<AnnouncerEnd> announcer_rules() { return announcers; }
Table<QuestionEnd> question_end_rules() { return question_ends; }

}  // namespace srvwarden::rules
