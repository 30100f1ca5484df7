// The reasons why a service does not show up.
// SPDX-License-Identifier: Apache-2.0
#include "rules/story/diagnosis.hpp"

#include <algorithm>

namespace srvwarden::rules::story {

namespace {

using Words = std::optional<std::string>;

std::string times(std::uint32_t number) {
  return number == 1 ? "once" : std::to_string(number) + " times";
}

std::string_view record_of(Part part) {
  return part == Part::pointer ? "PTR record" : part == Part::service ? "SRV record" : "TXT record";
}

/// Why the cache of a listener has no record of a part.
Words why_gone(const Outlook& outlook, Part part) {
  if (outlook.cache.has(part, outlook.at)) return std::nullopt;
  const bool is_reached = part == Part::pointer || outlook.cache.has(Part::pointer, outlook.at);
  if (!is_reached) return std::nullopt;  // the chain breaks before it
  const std::string what(record_of(part));
  const CachedRecord* gone = outlook.cache.last_gone(part, outlook.at);
  if (!gone) return "no " + what + " of it was multicast that a browser can use";
  const std::string packet = std::to_string(gone->packet);
  switch (gone->how(outlook.at)) {
    case Leaving::goodbye:
      return "its " + what + " was taken back by a goodbye";
    case Leaving::replaced:
      return "its " + what + " was replaced by another that is gone too";
    default:
      return "its " + what + " ran out: after packet " + packet +
             " nobody sent it again, though its " + "TTL is " + std::to_string(gone->record.ttl) +
             " s";
  }
}

/// Who joins must ask. A part that comes unasked with the PTR record need not be asked for.
bool comes_along(const Scene& scene, Part part) {
  return std::ranges::any_of(scene.exchanges, [&](const Exchange& exchange) {
    return exchange.asked.part == Part::pointer && exchange.answer &&
           scene.moments[*exchange.answer].has(part);
  });
}

Words unanswered(const Outlook& outlook, Part part) {
  const Asked asked = asked_for(outlook.scene, part);
  if (!outlook.joins || asked.times == 0 || asked.last_answered) return std::nullopt;
  if (part != Part::pointer && comes_along(outlook.scene, part)) return std::nullopt;
  return "its " + std::string(record_of(part)) + " was asked for " + times(asked.last_in_vain) +
         (asked.answered > 0 ? " since its last answer" : "") + ", and nobody answered";
}

Words unknown(const Outlook& outlook, Part part) {
  if (!outlook.joins || asked_for(outlook.scene, part).times > 0) return std::nullopt;
  const auto answered = [&](const Exchange& exchange) {
    return exchange.asked.part == part && exchange.answer.has_value();
  };
  if (std::ranges::any_of(outlook.scene.exchanges, answered)) return std::nullopt;
  if (part != Part::pointer && comes_along(outlook.scene, part)) return std::nullopt;
  return "nobody asked for its " + std::string(record_of(part)) +
         " in this capture, so whether it answers is not known (srvwarden audit asks)";
}

/// The first of the live SRV records.
std::optional<ServiceWords> service_of(const Outlook& outlook) {
  const auto live = outlook.cache.live(Part::service, outlook.at);
  return live.empty() ? std::nullopt : service_words(live.front()->record.rdata);
}

Words no_address(const Outlook& outlook) {
  const auto service = service_of(outlook);
  if (!service || outlook.has_address()) return std::nullopt;
  const Asked asked = asked_for(outlook.scene, Part::address_ipv4);
  std::string words = "its host " + service->host + " has no address record";
  if (asked.times > 0) words += ", though it was asked for " + times(asked.times);
  return words;
}

bool is_link_local(const CachedRecord& known) {
  const std::string& rdata = known.record.rdata;
  return known.record.part == Part::address_ipv6 ? rdata.starts_with("\xFE\x80")
                                                 : rdata.starts_with("\xA9\xFE");
}

/// The rule that receivers hold every response of the last sender against, if all break it.
Words ignored(const Outlook& outlook) {
  std::size_t responses = 0;
  std::size_t bad = 0;
  for (const Moment& moment : outlook.scene.moments) {
    if (!moment.is_response() || moment.records.empty()) continue;
    ++responses;
    if (!must_ignore(moment).empty()) ++bad;
  }
  if (bad == 0) return std::nullopt;
  return std::to_string(bad) + " of " + std::to_string(responses) +
         " responses must be ignored by every receiver: they are not sent from port 5353, or their "
         "opcode or response code is not zero";
}

Words wrong_hop_limit(const Outlook& outlook) {
  constexpr unsigned right = 255;
  constexpr unsigned few_hops = 16;
  for (const Moment& moment : outlook.scene.moments) {
    if (!moment.is_response() || moment.records.empty()) continue;
    const unsigned limit = moment.packet->ttl.value_or(right);
    if (limit == right) continue;
    return "packet " + std::to_string(moment.packet->number) + " came with IP TTL " +
           std::to_string(limit) + ", not 255: " +
           (limit >= right - few_hops ? "it was routed on its way, and strict receivers drop it"
                                      : "strict receivers drop it");
  }
  return std::nullopt;
}

constexpr ReasonRow rows[] = {
    {.id = "ignored", .found = Found::unsure, .rule = "MD001", .test = ignored},
    {.id = "no-pointer",
     .reference = {6763, "4"},
     .test = [](const Outlook& outlook) { return why_gone(outlook, Part::pointer); }},
    {.id = "pointer-unanswered",
     .reference = {6762, "6"},
     .test = [](const Outlook& outlook) { return unanswered(outlook, Part::pointer); }},
    {.id = "pointer-never-asked",
     .found = Found::unsure,
     .reference = {6762, "6"},
     .test = [](const Outlook& outlook) { return unknown(outlook, Part::pointer); }},
    {.id = "no-service",
     .rule = "PT010",
     .test = [](const Outlook& outlook) { return why_gone(outlook, Part::service); }},
    {.id = "service-unanswered",
     .rule = "PT010",
     .test = [](const Outlook& outlook) { return unanswered(outlook, Part::service); }},
    {.id = "port-zero",
     .rule = "SR006",
     .test =
         [](const Outlook& outlook) {
           const auto service = service_of(outlook);
           return service && service->fields.port == 0
                      ? Words("its port is 0: nothing listens there")
                      : std::nullopt;
         }},
    {.id = "no-target",
     .rule = "SR005",
     .test =
         [](const Outlook& outlook) {
           const auto service = service_of(outlook);
           return service && service->host == "."
                      ? Words("its SRV record names the root as host: that says, not available")
                      : std::nullopt;
         }},
    {.id = "no-address", .rule = "SR003", .test = no_address},
    {.id = "no-text",
     .found = Found::unsure,
     .rule = "TX025",
     .test =
         [](const Outlook& outlook) {
           Words why = why_gone(outlook, Part::text);
           if (why) *why += "; many browsers wait for it before they show a service";
           return why;
         }},
    {.id = "text-unanswered",
     .found = Found::unsure,
     .rule = "TX025",
     .test =
         [](const Outlook& outlook) {
           if (!outlook.cache.has(Part::text, outlook.at)) return Words();
           return unanswered(outlook, Part::text);
         }},
    {.id = "link-local-only",
     .found = Found::yes,
     .reference = {6762, "6.2"},
     .test =
         [](const Outlook& outlook) {
           auto live = outlook.cache.live(Part::address_ipv4, outlook.at);
           const auto more = outlook.cache.live(Part::address_ipv6, outlook.at);
           live.insert(live.end(), more.begin(), more.end());
           const bool all = !live.empty() && std::ranges::all_of(live, [](const CachedRecord* r) {
             return is_link_local(*r);
           });
           return all ? Words(
                            "it has link-local addresses only: programs that lose the interface "
                            "cannot connect")
                      : std::nullopt;
         }},
    {.id = "ip-ttl", .found = Found::yes, .rule = "MD004", .test = wrong_hop_limit},
};

Found worse(Found a, Found b) noexcept {
  if (a == Found::no || b == Found::no) return Found::no;
  return a == Found::unsure || b == Found::unsure ? Found::unsure : Found::yes;
}

Verdict judge(const Outlook& outlook, std::string_view who) {
  Verdict verdict{.who = who, .joined = outlook.at, .reasons = {}};
  for (const ReasonRow& row : rows) {
    Words words = row.test(outlook);
    if (!words) continue;
    verdict.found = worse(verdict.found, row.found);
    verdict.reasons.push_back({row.id, row.found, std::move(*words), row.rule, row.reference});
  }
  return verdict;
}

}  // namespace

std::span<const ReasonRow> reason_rows() noexcept { return rows; }

Asked asked_for(const Scene& scene, Part part) {
  Asked asked;
  for (const Exchange& exchange : scene.exchanges) {
    if (exchange.asked.part != part || !exchange.is_fair) continue;
    ++asked.times;
    asked.last_answered = exchange.answer.has_value();
    asked.last_in_vain = asked.last_answered ? 0 : asked.last_in_vain + 1;
    if (asked.last_answered) ++asked.answered;
  }
  return asked;
}

std::vector<Verdict> diagnose(const Scene& scene, const BrowserCache& cache) {
  Verdict listener =
      judge({scene, cache, scene.last, false}, "a browser that listened since the capture began");
  listener.joined = scene.first;
  return {std::move(listener),
          judge({scene, cache, scene.last, true}, "a browser that joins when the capture ends")};
}

}  // namespace srvwarden::rules::story
