// Finding out what happens in a scene.
// SPDX-License-Identifier: Apache-2.0
#include "rules/story/narrator.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "srvwarden/ascii.hpp"

namespace srvwarden::rules::story {

namespace {

using wire::NameView;
using wire::Section;
using wire::Time;

constexpr auto copy_time = std::chrono::milliseconds(200);  ///< between a packet's two families
constexpr auto one_second = std::chrono::seconds(1);
constexpr std::size_t most_hosts = 64;  ///< probing for one name, or announcing it

void add_once(std::vector<std::string>& out, std::string text) {
  if (std::ranges::find(out, text) == out.end()) out.push_back(std::move(text));
}

/// Each family may have its own addresses. RFC 6762 §6.2.
bool is_same_but_addresses(const Event& a, const Event& b) {
  const auto others = [](const Event& event) {
    std::vector<std::string_view> out;
    std::ranges::copy_if(event.records, std::back_inserter(out), [](std::string_view record) {
      return !record.starts_with("A ") && !record.starts_with("AAAA ");
    });
    return out;
  };
  return others(a) == others(b);
}

class Narrator {
 public:
  Narrator(const Scene& scene, BrowserCache& cache) : scene_(scene), cache_(cache) {}

  std::vector<Event> narrate() {
    std::size_t exchange = 0;
    for (std::size_t i = 0; i < scene_.moments.size(); ++i) {
      const Moment& moment = scene_.moments[i];
      if (moment.time() - told_until_ >= one_second) tell_expiries(moment.time());
      const std::size_t begin = exchange;
      while (exchange < scene_.exchanges.size() && scene_.exchanges[exchange].question == i) {
        ++exchange;
      }
      if (moment.is_response()) {
        tell_response(moment);
        cache_.take(moment);
      } else if (moment.is_probe) {
        tell_probe(moment);
      } else if (exchange > begin) {
        tell_question(moment, std::span(scene_.exchanges).subspan(begin, exchange - begin));
      }
      tell_kin(moment);
    }
    tell_expiries(scene_.last);
    std::ranges::stable_sort(events_, {}, &Event::time);
    return std::move(events_);
  }

 private:
  Event event_of(EventKind kind, const Moment& moment) const {
    Event event;
    event.kind = kind;
    event.time = event.until = moment.time();
    event.packet = event.last_packet = moment.packet->number;
    event.where = moment.packet->interface_name;
    event.who = party_of(*moment.packet);
    event.ipv4 = event.who.address.is_ipv4();
    event.ipv6 = event.who.address.is_ipv6();
    return event;
  }

  /// Adds an event, unless it is what the same host just said on the other family.
  void add(Event event) {
    constexpr std::size_t most_back = 8;
    for (std::size_t back = 1; back <= std::min(most_back, events_.size()); ++back) {
      Event& known = events_[events_.size() - back];
      if (event.time - known.time > copy_time) break;
      const bool is_copy = known.kind == event.kind && is_same_but_addresses(known, event) &&
                           known.questions == event.questions && known.reason == event.reason &&
                           known.ipv4 != event.ipv4 && known.ipv6 != event.ipv6 &&
                           is_same_host(known.who, event.who);
      if (!is_copy) continue;
      known.ipv4 = known.ipv6 = true;
      for (std::string& record : event.records) add_once(known.records, std::move(record));
      return;
    }
    events_.push_back(std::move(event));
  }

  void tell_question(const Moment& moment, std::span<const Exchange> exchanges) {
    Event event = event_of(EventKind::asked, moment);
    event.outcome = Outcome::none;
    for (const Exchange& exchange : exchanges) {
      const PartAsked& asked = exchange.asked;
      add_once(event.questions, wire::type_text(asked.type) + ' ' + NameView(asked.name).text());
      event.unicast = event.unicast || asked.wants_unicast;
      const Outcome outcome = outcome_of(exchange);
      if (event.outcome == Outcome::none || outcome < event.outcome) event.outcome = outcome;
      if (exchange.answer && !event.after) event.after = exchange.delay;
    }
    if (event.outcome == Outcome::known) event.kind = EventKind::suppressed;
    if (event.outcome == Outcome::nobody) event.kind = EventKind::in_vain;
    if (moment.role == census::MessageRole::legacy_query) {
      event.reason = "from port " + std::to_string(moment.packet->source.port) +
                     ": a legacy query, answered by unicast";
    }
    add(std::move(event));
  }

  Outcome outcome_of(const Exchange& exchange) const {
    if (exchange.answer) return Outcome::answered;
    if (exchange.asked.is_known) return Outcome::known;
    if (exchange.is_fair) return Outcome::nobody;
    const Moment& question = scene_.moments[exchange.question];
    const bool is_cut = scene_.last - question.time() < std::chrono::seconds(2);
    return is_cut ? Outcome::cut : Outcome::by_unicast;
  }

  void tell_probe(const Moment& moment) {
    Proposal proposal{party_of(*moment.packet), moment.time(), {}};
    Event event = event_of(EventKind::probed, moment);
    for (const PartSeen& record : moment.records) {
      if (record.section != Section::authority) continue;
      add_once(event.records, short_words(record, scene_.subject.kind));
      if (record.is_unique()) proposal.records.push_back(record);
    }
    if (event.records.empty()) return;
    for (const PartAsked& asked : moment.questions) event.unicast |= asked.wants_unicast;
    const bool for_host = proposal.records.empty() && scene_.subject.kind == SubjectKind::instance;
    if (for_host) event.reason = NameView(moment.records.front().owner).text();
    Series& series = series_of(for_host ? host_probes_ : probes_, event.who);
    const auto gap = moment.time() - series.last;
    const bool is_copy = series.number > 0 && gap < copy_time &&
                         event.who.address.is_ipv4() != series.address.is_ipv4();
    if (!is_copy) {
      const bool goes_on = series.number > 0 && gap <= one_second;
      series = {goes_on ? series.number + 1 : 1, moment.time(), event.who.address};
      if (goes_on) event.after = gap;
    }
    event.number = series.number;
    add(std::move(event));
    if (proposal.records.empty()) return;
    for (auto other = proposals_.begin(); other != proposals_.end(); ++other) {
      const bool is_now = moment.time() - other->second.time <= one_second;
      const int order = is_now ? tell_tie_break(moment, proposal, other->second) : 0;
      if (order < 0) return;  // who loses waits, and has proposed nothing
      if (order == 0) continue;
      proposals_.erase(other);
      break;
    }
    if (proposals_.size() < most_hosts) proposals_[key_of(proposal.party)] = std::move(proposal);
  }

  /// Below zero: the first of them loses. Zero: it is no tie.
  int tell_tie_break(const Moment& moment, const Proposal& ours, const Proposal& theirs) {
    if (is_same_host(ours.party, theirs.party)) return 0;
    std::string why;
    const int order = compare_proposals(ours, theirs, why);
    if (order == 0) return 0;
    Event event = event_of(EventKind::tie_break, moment);
    event.who = order > 0 ? ours.party : theirs.party;
    event.whom = order > 0 ? theirs.party : ours.party;
    event.reason = std::move(why);
    add(std::move(event));
    return order;
  }

  void tell_response(const Moment& moment) {
    if (moment.records.empty()) return;
    tell_conflict(moment);
    tell_second_sender(moment);
    Event event = event_of(EventKind::announced, moment);
    event.unicast = !moment.is_multicast();
    Event goodbye = event;
    goodbye.kind = EventKind::goodbye;
    for (const PartSeen& record : moment.records) {
      if (record.part == Part::denial) continue;
      add_once(record.is_goodbye() ? goodbye.records : event.records,
               short_words(record, scene_.subject.kind));
    }
    if (!goodbye.records.empty()) {
      announcements_.clear();
      add(goodbye);
    }
    Event update = event;
    update.kind = EventKind::updated;
    update.records.clear();
    update.changes = changes_of(moment, cache_);
    if (!update.changes.empty()) add(std::move(update));
    if (event.records.empty()) return;
    if (const std::string_view rule = must_ignore(moment); !rule.empty()) {
      event.rules.push_back(rule);
      event.reason = "every receiver must ignore it";
    }
    moment.answer_to ? tell_answer(moment, std::move(event))
                     : tell_announcement(moment, std::move(event));
  }

  void tell_answer(const Moment& moment, Event event) {
    const Exchange& exchange = scene_.exchanges[*moment.answer_to];
    const Moment& question = scene_.moments[exchange.question];
    event.kind = EventKind::answered;
    event.whom = party_of(*question.packet);
    event.after = moment.time() - question.time();
    const bool is_pointer = exchange.asked.part == Part::pointer;
    if (scene_.subject.kind == SubjectKind::instance && is_pointer) {
      for (const Part part : {Part::service, Part::text}) {
        if (!moment.has(part)) event.missing.push_back(part);
      }
      if (!moment.has(Part::address_ipv4) && !moment.has(Part::address_ipv6)) {
        event.missing.push_back(Part::address_ipv4);
      }
    }
    add(std::move(event));
  }

  void tell_announcement(const Moment& moment, Event event) {
    const bool is_whole = scene_.subject.kind != SubjectKind::instance ||
                          moment.has(Part::pointer) || moment.has(Part::service) ||
                          moment.has(Part::text);
    Series& series = series_of(is_whole ? announcements_ : host_announcements_, event.who);
    const auto gap = moment.time() - series.last;
    if (series.number == 0 || gap >= copy_time) {
      if (series.number > 0) event.after = gap;
      series = {series.number + 1, moment.time(), event.who.address};
    }
    event.number = series.number;
    add(std::move(event));
  }

  /// Another host's record of what only one may have, with other data.
  void tell_conflict(const Moment& moment) {
    const Party party = party_of(*moment.packet);
    if (scene_.subject.kind != SubjectKind::instance) return;
    for (const PartSeen& record : moment.records) {
      if (!record.is_unique() || record.is_goodbye()) continue;
      for (const auto& [key, proposal] : proposals_) {
        const bool is_now = moment.time() - proposal.time <= one_second;
        if (is_now && !is_same_host(proposal.party, party)) return tell_defence(moment, proposal);
      }
      const CachedRecord* before = cache_.other_than(record, moment.time());
      if (!before || is_same_host(before->sender, party)) continue;
      Event event = event_of(EventKind::conflict, moment);
      event.whom = before->sender;
      event.reason = full_words(record) + " against " + full_words(before->record);
      return add(std::move(event));
    }
  }

  void tell_defence(const Moment& moment, const Proposal& proposal) {
    Event event = event_of(EventKind::conflict, moment);
    event.whom = proposal.party;
    event.reason = "the name is taken: who probes for it must choose another";
    add(std::move(event));
  }

  void tell_second_sender(const Moment& moment) {
    const Party party = party_of(*moment.packet);
    const auto same = [&](const Party& known) { return is_same_host(known, party); };
    const bool is_known = std::ranges::any_of(senders_, same);
    const bool is_first = senders_.empty();
    const bool is_full = senders_.size() >= most_hosts;
    const bool has_unique = std::ranges::any_of(moment.records, [](const PartSeen& record) {
      return record.is_unique() && !record.is_goodbye();
    });
    if (is_known || is_full || !has_unique) return;
    const Party before = is_first ? party : senders_.front();
    senders_.push_back(party);
    if (is_first || scene_.subject.kind != SubjectKind::instance) return;
    Event event = event_of(EventKind::second_sender, moment);
    event.whom = before;
    add(std::move(event));
  }

  void tell_kin(const Moment& moment) {
    const bool proposes = moment.is_probe || moment.is_response();
    for (const std::string& name : moment.kin) {
      if (!proposes || kin_.size() >= most_hosts) continue;
      std::string folded(name);
      std::ranges::transform(folded, folded.begin(), ascii::fold);
      if (!kin_.insert(folded).second) continue;
      Event event = event_of(EventKind::renamed, moment);
      event.reason = NameView(name).text();
      event.number = is_next_name(scene_.subject.view(), NameView(name)) ? 1 : 0;
      add(std::move(event));
    }
  }

  /// What no longer is in the cache when the next thing happens.
  void tell_expiries(Time now) {
    std::map<Time, Event> gone;
    for (const CachedRecord& known : cache_.records()) {
      if (known.how(now) != Leaving::expired || known.ends <= told_until_) continue;
      if (known.record.part == Part::denial) continue;
      Event& event = gone[known.ends];
      event.kind = EventKind::expired;
      event.time = event.until = known.ends;
      event.who = known.sender;
      add_once(event.records, short_words(known.record, scene_.subject.kind));
    }
    told_until_ = std::max(told_until_, now);
    for (auto& [time, event] : gone) events_.push_back(std::move(event));
  }

  struct Series {
    std::uint32_t number = 0;
    Time last{};
    wire::Address address;
  };

  /// A host, by its hardware where that is known.
  static std::string key_of(const Party& party) {
    return party.mac ? std::string(party.mac->begin(), party.mac->end()) : party.address.text();
  }
  static Series& series_of(std::map<std::string, Series>& all, const Party& party) {
    const std::string key = key_of(party);
    return all[all.size() < most_hosts || all.contains(key) ? key : std::string()];
  }

  const Scene& scene_;
  BrowserCache& cache_;
  std::vector<Event> events_;
  std::map<std::string, Series> probes_;
  std::map<std::string, Series> host_probes_;
  std::map<std::string, Series> announcements_;
  std::map<std::string, Series> host_announcements_;  ///< of addresses alone
  std::map<std::string, Proposal> proposals_;
  std::vector<Party> senders_;
  std::set<std::string> kin_;
  Time told_until_{};
};

}  // namespace

std::vector<Event> narrate(const Scene& scene, BrowserCache& cache) {
  return Narrator(scene, cache).narrate();
}

}  // namespace srvwarden::rules::story
