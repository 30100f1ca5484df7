// Differences in conduct: whether it speaks, probes, announces, answers, stays, and is believed.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rules/story/differences.hpp"

namespace srvwarden::rules::story {

namespace {

using Out = std::vector<Sided>;

std::string counted(std::uint64_t number, std::string_view noun) {
  return std::to_string(number).append(" ").append(noun).append(number == 1 ? "" : "s");
}

void find_silence(const Profile& good, const Profile& bad, Out& out) {
  if (good.responses == 0 || bad.responses > 0) return;
  const std::uint32_t asked = bad.answer(Part::pointer).by_multicast.times;
  const bool speaks = bad.device_packets > 0;
  std::string words = "no response about it, ";
  words += asked > 0 ? "though asked " + std::to_string(asked) + " times" : "and nobody asked";
  words += speaks ? "; the device sends " + counted(bad.device_packets, "other packet")
                  : "; nothing of the device is in this capture";
  out.push_back({"whether it is heard at all",
                 counted(good.responses, "response"),
                 std::move(words),
                 Weight::breaks,
                 {},
                 speaks ? Fault::sender : Fault::network});
}

std::string answered(std::uint32_t answered, std::uint32_t asked) {
  if (asked == 0) return "never asked";
  return std::to_string(answered) + " of " + counted(asked, "question") + " answered";
}

/// Whether one answers a kind of question that the other does not.
void find_answers(const Profile& good, const Profile& bad, Out& out) {
  for (const Part part : {Part::pointer, Part::subtype, Part::type_list, Part::service, Part::text,
                          Part::address_ipv4, Part::address_ipv6}) {
    const Asked& ours = good.answer(part).by_multicast;
    const Asked& theirs = bad.answer(part).by_multicast;
    const bool answers = theirs.answered > 0;
    if ((ours.answered > 0) == answers || !bad.has(part)) continue;  // record-missing
    const bool fails = !answers && theirs.times > 0;
    const bool helps = part == Part::subtype || part == Part::type_list;
    out.push_back({"answers to questions for " + std::string(name_of(part)),
                   answered(ours.answered, ours.times), answered(theirs.answered, theirs.times),
                   !fails                  ? Weight::noise
                   : helps                 ? Weight::some
                   : part == Part::pointer ? Weight::breaks
                                           : Weight::some});
  }
}

void find_unicast_answers(const Profile& good, const Profile& bad, Out& out) {
  const AnswerProfile& ours = good.answer(Part::pointer);
  const AnswerProfile& theirs = bad.answer(Part::pointer);
  const bool fails = theirs.unicast_asked > 0 && theirs.unicast_answered == 0;
  if (ours.unicast_answered == 0 || !fails) return;
  out.push_back({"answers to questions with the QU bit",
                 answered(ours.unicast_answered, ours.unicast_asked),
                 answered(theirs.unicast_answered, theirs.unicast_asked), Weight::some});
}

void find_delay(const Profile& good, const Profile& bad, Out& out) {
  const auto& ours = good.answer(Part::pointer).delays;
  const auto& theirs = bad.answer(Part::pointer).delays;
  if (ours.empty() || theirs.empty()) return;
  const auto middle = [](const std::vector<wire::Time::duration>& delays) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(delays[delays.size() / 2]);
  };
  constexpr auto late = std::chrono::milliseconds(500);  ///< RFC 6762 §6 has 120, §7.2 500
  if (middle(ours) == middle(theirs)) return;
  out.push_back({"delay of answers, in the middle", std::to_string(middle(ours).count()) + " ms",
                 std::to_string(middle(theirs).count()) + " ms",
                 middle(theirs) > late && middle(ours) <= late ? Weight::some : Weight::noise});
}

void find_probing(const Profile& good, const Profile& bad, Out& out) {
  if (good.probes == bad.probes) return;
  const bool starts = bad.announcements > 0 && good.probes > 0;
  out.push_back({"probes before its announcement", std::to_string(good.probes),
                 std::to_string(bad.probes),
                 starts && bad.probes == 0 ? Weight::manners : Weight::noise});
}

void find_announcements(const Profile& good, const Profile& bad, Out& out) {
  const auto words = [](const Profile& profile) {
    std::string text = std::to_string(profile.announcements);
    if (profile.announcement_gaps.empty()) return text;
    using std::chrono::duration_cast;
    const auto gap =
        duration_cast<std::chrono::milliseconds>(profile.announcement_gaps.front()).count();
    return text + ", the second after " + std::to_string(gap) + " ms";
  };
  if (good.announcements == bad.announcements) return;
  const bool too_few = bad.announcements == 0 && good.announcements > 0;
  out.push_back({"announcements nobody asked for", words(good), words(bad),
                 too_few && bad.responses > 0 ? Weight::manners : Weight::noise});
}

void find_leaving(const Profile& good, const Profile& bad, Out& out) {
  const auto state = [](const Profile& profile) -> std::string {
    const CachedRecord* gone = profile.cache.last_gone(Part::pointer, profile.scene.last);
    if (!gone) return "there";
    return gone->how(profile.scene.last) == Leaving::goodbye ? "said goodbye" : "ran out";
  };
  if (good.responses == 0 || bad.responses == 0 || state(good) == state(bad)) return;
  if (!bad.has(Part::pointer)) return;  // record-missing
  out.push_back({"PTR record at the end of the capture", state(good), state(bad),
                 state(bad) == "there" ? Weight::noise : Weight::breaks});
}

void find_conflict(const Profile& good, const Profile& bad, Out& out) {
  for (const EventKind kind : {EventKind::conflict, EventKind::second_sender}) {
    if (good.has_event(kind) == bad.has_event(kind)) continue;
    const auto words = [&](const Profile& profile) {
      return profile.has_event(kind) ? "yes" : "no";
    };
    const bool matters = bad.has_event(kind) && kind == EventKind::conflict;
    out.push_back(
        {kind == EventKind::conflict ? "conflict about the name" : "a second sender of it",
         words(good), words(bad),
         matters               ? Weight::breaks
         : bad.has_event(kind) ? Weight::manners
                               : Weight::noise});
  }
}

void find_disbelief(const Profile& good, const Profile& bad, Out& out) {
  if (good.asked_again > 0 || bad.asked_again < 2) return;
  out.push_back({"questions of hosts that were answered, without it as known answer", "0",
                 std::to_string(bad.asked_again), Weight::some});
}

void find_rules(const Profile& good, const Profile& bad, Out& out) {
  std::set<std::string_view> known;
  for (const RelatedFinding& finding : good.findings) known.insert(finding.rule->id);
  for (const RelatedFinding& finding : bad.findings) {
    if (!known.insert(finding.rule->id).second) continue;
    const bool is_error = finding.severity == Severity::error;
    std::string words(finding.rule->message);
    if (!finding.detail.empty()) words += ": " + finding.detail;
    out.push_back(
        {"rule broken", "kept", std::move(words),
         is_error || finding.severity == Severity::warning ? Weight::manners : Weight::noise,
         finding.rule->id, Fault::sender});
  }
}

constexpr DifferenceRow rows[] = {
    {.id = "silence",
     .reference = {6762, "6"},
     .why =
         "Asked and not heard: the device is off, does not hear the group (IGMP or MLD snooping, "
         "Wi-Fi isolation, another VLAN), or its packets do not come through.",
     .find = find_silence},
    {.id = "unanswered",
     .reference = {6762, "6"},
     .fault = Fault::sender,
     .why =
         "Who asks after the announcements were sent gets nothing. Where it does announce, it may "
         "not hear questions: look at multicast snooping between, too.",
     .find = find_answers},
    {.id = "unanswered-by-unicast",
     .reference = {6762, "5.4"},
     .fault = Fault::sender,
     .why = "Browsers ask for a unicast response when they start.",
     .find = find_unicast_answers},
    {.id = "gone",
     .reference = {6762, "10"},
     .fault = Fault::sender,
     .why = "Caches drop what is taken back, or not sent again when its TTL ends.",
     .find = find_leaving},
    {.id = "conflict",
     .reference = {6762, "9"},
     .fault = Fault::sender,
     .why = "Two hosts with one name push each other out of caches.",
     .find = find_conflict},
    {.id = "disbelieved",
     .reference = {6762, "7.1"},
     .fault = Fault::receiver,
     .why = "Who was answered asks again as if not: the receiver drops the answers, or they do not "
            "reach it.",
     .find = find_disbelief},
    {.id = "delay",
     .reference = {6762, "6"},
     .fault = Fault::sender,
     .why = "Programs that wait half a second have given up.",
     .find = find_delay},
    {.id = "probing",
     .reference = {6762, "8.1"},
     .fault = Fault::sender,
     .why = "Without probes two devices may take one name.",
     .find = find_probing},
    {.id = "announcing",
     .reference = {6762, "8.3"},
     .fault = Fault::sender,
     .why = "A browser that is open does not see it come.",
     .find = find_announcements},
    {.id = "rule", .why = "See srvwarden rules with its id.", .find = find_rules},
};

}  // namespace

std::span<const DifferenceRow> conduct_differences() noexcept { return rows; }

}  // namespace srvwarden::rules::story
