// Differences between records: which are missing, and what differs in their fields.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rules/story/differences.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/txt_record.hpp"

namespace srvwarden::rules::story {

namespace {

using wire::NameView;
using Out = std::vector<Sided>;

constexpr std::array all_parts = {Part::pointer,      Part::subtype, Part::type_list,
                                  Part::service,      Part::text,    Part::address_ipv4,
                                  Part::address_ipv6, Part::denial};

std::string of(std::string_view what, Part part) {
  return std::string(what) + " of the " + std::string(name_of(part)) + " record";
}

template <class Values>
std::string listed(const Values& values) {
  std::string out;
  for (const auto& value : values) {
    out.append(out.empty() ? "" : ", ").append(std::to_string(value));
  }
  return out;
}

/// What a missing record does, by the link of the chain that it is.
Weight weight_of_absence(Part part, const Profile& bad) {
  const bool has_address = bad.has(Part::address_ipv4) || bad.has(Part::address_ipv6);
  switch (part) {
    case Part::pointer:
    case Part::service:
      return Weight::breaks;
    case Part::address_ipv4:
    case Part::address_ipv6:
      return has_address ? Weight::some : Weight::breaks;
    case Part::text:
    case Part::subtype:
      return Weight::some;
    case Part::type_list:
      return Weight::manners;
    default:
      return Weight::noise;
  }
}

std::string_view rule_of_absence(Part part) {
  switch (part) {
    case Part::service:
      return "PT010";
    case Part::address_ipv4:
    case Part::address_ipv6:
      return "SR003";
    case Part::text:
      return "TX025";
    case Part::type_list:
      return "PT008";
    default:
      return {};
  }
}

void find_missing(const Profile& good, const Profile& bad, Out& out) {
  for (const Part part : all_parts) {
    if (!good.has(part) || bad.has(part) || bad.part(part).malformed > 0) continue;
    const bool only_goodbyes = bad.part(part).last_goodbye.has_value();
    out.push_back({"the " + std::string(name_of(part)) + " record",
                   full_words(*good.part(part).last),
                   only_goodbyes ? "only ever sent with TTL 0, which takes it back" : "never sent",
                   weight_of_absence(part, bad), rule_of_absence(part)});
  }
}

void find_extra(const Profile& good, const Profile& bad, Out& out) {
  for (const Part part : all_parts) {
    if (good.has(part) || !bad.has(part)) continue;
    out.push_back({"the " + std::string(name_of(part)) + " record", "never sent",
                   full_words(*bad.part(part).last), Weight::noise});
  }
}

std::string_view rule_of_malformed(Part part) {
  return part == Part::service ? "SR001" : part == Part::text ? "TX002" : "MD095";
}

void find_malformed(const Profile& good, const Profile& bad, Out& out) {
  for (const Part part : all_parts) {
    const std::uint32_t number = bad.part(part).malformed;
    if (number == 0 || good.part(part).malformed > 0) continue;
    out.push_back({"the " + std::string(name_of(part)) + " record", "well-formed",
                   "malformed " + std::to_string(number) + " times",
                   part == Part::text ? Weight::some : Weight::breaks, rule_of_malformed(part)});
  }
}

/// Both have the record: calls with the last of each.
template <class Do>
void for_both(const Profile& good, const Profile& bad, Do&& act) {
  for (const Part part : all_parts) {
    if (good.has(part) && bad.has(part)) act(part, good.part(part), bad.part(part));
  }
}

void find_ttl(const Profile& good, const Profile& bad, Out& out) {
  constexpr std::uint32_t hasty = 10;  ///< seconds: gone before a browser asks for more
  for_both(good, bad, [&](Part part, const PartProfile& ours, const PartProfile& theirs) {
    if (ours.ttls == theirs.ttls) return;
    const bool is_host_record = part == Part::service || part == Part::address_ipv4 ||
                                part == Part::address_ipv6 || part == Part::denial;
    const std::uint32_t advised = is_host_record ? 120 : 4500;
    const bool as_advised = theirs.ttls == std::set{advised};
    const Weight weight = *theirs.ttls.rbegin() < hasty ? Weight::some
                          : as_advised                  ? Weight::noise
                                                        : Weight::manners;
    out.push_back({of("TTL", part), listed(ours.ttls) + " s", listed(theirs.ttls) + " s", weight,
                   is_host_record ? "MD040" : "MD041"});
  });
}

std::string flush_words(const std::set<bool>& flushes) {
  return flushes.size() > 1 ? "sometimes set" : *flushes.begin() ? "set" : "clear";
}

void find_flush(const Profile& good, const Profile& bad, Out& out) {
  for_both(good, bad, [&](Part part, const PartProfile& ours, const PartProfile& theirs) {
    if (ours.flushes == theirs.flushes) return;
    const bool is_shared =
        part == Part::pointer || part == Part::subtype || part == Part::type_list;
    const bool is_wrong = theirs.flushes.contains(is_shared);
    out.push_back({of("cache-flush bit", part), flush_words(ours.flushes),
                   flush_words(theirs.flushes),
                   !is_wrong   ? Weight::noise
                   : is_shared ? Weight::some
                               : Weight::manners,
                   is_shared ? "MD030" : "MD031"});
  });
}

void find_class(const Profile& good, const Profile& bad, Out& out) {
  for_both(good, bad, [&](Part part, const PartProfile& ours, const PartProfile& theirs) {
    if (ours.classes == theirs.classes) return;
    out.push_back({of("class", part), listed(ours.classes), listed(theirs.classes),
                   theirs.classes.contains(1) ? Weight::noise : Weight::breaks});
  });
}

std::optional<ServiceWords> service_of(const Profile& profile) {
  const auto& last = profile.part(Part::service).last;
  return last ? service_words(last->rdata) : std::nullopt;
}

void find_port(const Profile& good, const Profile& bad, Out& out) {
  const auto ours = service_of(good);
  const auto theirs = service_of(bad);
  if (!ours || !theirs || ours->fields.port == theirs->fields.port) return;
  out.push_back({"SRV port", std::to_string(ours->fields.port), std::to_string(theirs->fields.port),
                 theirs->fields.port == 0 ? Weight::breaks : Weight::noise});
}

void find_target(const Profile& good, const Profile& bad, Out& out) {
  const auto ours = service_of(good);
  const auto theirs = service_of(bad);
  if (!ours || !theirs || ours->host == theirs->host) return;
  out.push_back({"SRV target", ours->host, theirs->host,
                 theirs->host == "." ? Weight::breaks : Weight::noise});
}

void find_priority(const Profile& good, const Profile& bad, Out& out) {
  const auto ours = service_of(good);
  const auto theirs = service_of(bad);
  if (!ours || !theirs) return;
  const auto words = [](const wire::SrvFields& f) {
    return std::to_string(f.priority) + " and " + std::to_string(f.weight);
  };
  if (words(ours->fields) == words(theirs->fields)) return;
  const bool is_zero = theirs->fields.priority == 0 && theirs->fields.weight == 0;
  out.push_back({"SRV priority and weight", words(ours->fields), words(theirs->fields),
                 is_zero ? Weight::noise : Weight::manners});
}

void find_txt(const Profile& good, const Profile& bad, Out& out) {
  if (!good.has(Part::text) || !bad.has(Part::text)) return;
  const std::string& ours = good.part(Part::text).last->rdata;
  const std::string& theirs = bad.part(Part::text).last->rdata;
  if (ours == theirs) return;
  for (const Change& change : changes_between(wire::Type::txt, ours, theirs)) {
    out.push_back({change.what, change.had ? change.from : "absent",
                   change.has ? change.to : "absent", change.has ? Weight::noise : Weight::some});
  }
}

void find_case(const Profile& good, const Profile& bad, Out& out) {
  for_both(good, bad, [&](Part part, const PartProfile& ours, const PartProfile& theirs) {
    const std::string& a = ours.last->owner;
    const std::string& b = theirs.last->owner;
    if (a == b || !ascii::equal(a, b)) return;
    out.push_back(
        {of("case of the name", part), NameView(a).text(), NameView(b).text(), Weight::noise});
  });
}

void find_compression(const Profile& good, const Profile& bad, Out& out) {
  for_both(good, bad, [&](Part part, const PartProfile& ours, const PartProfile& theirs) {
    if (ours.compressed == theirs.compressed) return;
    const auto words = [](const std::set<bool>& is) {
      return is.size() > 1 ? "sometimes" : *is.begin() ? "yes" : "no";
    };
    out.push_back({of("compression in the data", part), words(ours.compressed),
                   words(theirs.compressed), Weight::noise});
  });
}

void find_section(const Profile& good, const Profile& bad, Out& out) {
  for_both(good, bad, [&](Part part, const PartProfile& ours, const PartProfile& theirs) {
    if (ours.in_answers == theirs.in_answers) return;
    const auto words = [](bool answers) { return answers ? "as an answer" : "only additional"; };
    const bool hides = part == Part::pointer && !theirs.in_answers;
    out.push_back({of("section", part), words(ours.in_answers), words(theirs.in_answers),
                   hides ? Weight::some : Weight::noise});
  });
}

void find_families(const Profile& good, const Profile& bad, Out& out) {
  const auto words = [](const Profile& profile) {
    std::string text;
    if (profile.has(Part::address_ipv4)) text = "IPv4";
    if (profile.has(Part::address_ipv6)) text += text.empty() ? "IPv6" : " and IPv6";
    return text.empty() ? "none" : text;
  };
  if (words(good) == words(bad) || words(bad) == "none") return;
  const bool loses = bad.has(Part::address_ipv4) < good.has(Part::address_ipv4);
  out.push_back(
      {"families of its addresses", words(good), words(bad), loses ? Weight::some : Weight::noise});
}

constexpr DifferenceRow rows[] = {
    {.id = "record-missing",
     .reference = {6763, "4"},
     .fault = Fault::sender,
     .why = "A browser follows PTR to SRV and TXT, and SRV to an address: it stops where one is "
            "missing.",
     .find = find_missing},
    {.id = "record-malformed",
     .fault = Fault::sender,
     .why = "Receivers drop a record, or the whole packet, that contradicts itself.",
     .find = find_malformed},
    {.id = "srv-port",
     .rule = "SR006",
     .fault = Fault::sender,
     .why = "Nothing can be reached at port 0; other ports may differ freely.",
     .find = find_port},
    {.id = "srv-target",
     .rule = "SR005",
     .fault = Fault::sender,
     .why = "The root as target says that the service is not there; other names may differ freely.",
     .find = find_target},
    {.id = "class",
     .rule = "MD036",
     .fault = Fault::sender,
     .why = "Browsers ask for class IN and drop all else.",
     .find = find_class},
    {.id = "ttl",
     .fault = Fault::sender,
     .why = "Caches drop the record when its TTL ends; a very short one makes it come and go.",
     .find = find_ttl},
    {.id = "cache-flush",
     .fault = Fault::sender,
     .why = "Set on a shared record, each announcement erases the other devices' from caches; "
            "clear on a unique one, old data stays beside the new.",
     .find = find_flush},
    {.id = "txt-key",
     .reference = {6763, "6.4"},
     .fault = Fault::sender,
     .why = "Programs leave out devices that lack a key which they need; values differ freely.",
     .find = find_txt},
    {.id = "section",
     .reference = {6762, "6"},
     .fault = Fault::sender,
     .why = "Some browsers take PTR records of the Answer section only.",
     .find = find_section},
    {.id = "address-families",
     .reference = {6762, "6.2"},
     .fault = Fault::sender,
     .why = "Clients of the other family only cannot connect.",
     .find = find_families},
    {.id = "srv-priority",
     .rule = "SR002",
     .fault = Fault::sender,
     .why = "They mean something only among several SRV records.",
     .find = find_priority},
    {.id = "record-added",
     .reference = {6763, "4"},
     .why = "More does no harm.",
     .find = find_extra},
    {.id = "case",
     .reference = {6762, "16"},
     .why = "Names compare without regard to case.",
     .find = find_case},
    {.id = "compression",
     .reference = {6762, "18.14"},
     .why = "Receivers must understand both.",
     .find = find_compression},
};

}  // namespace

std::span<const DifferenceRow> record_differences() noexcept { return rows; }

}  // namespace srvwarden::rules::story
