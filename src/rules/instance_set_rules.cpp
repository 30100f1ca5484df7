// Rules of an instance's records as a whole, at the end of an audit. RFC 6763 §5 and §6.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "rules/instance_set.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/txt_record.hpp"

namespace srvwarden::rules {

using census::Observation;
using wire::NameView;
using wire::Type;

bool InstanceSet::is_listed() const noexcept { return live(instance.pointers) != nullptr; }

const Observation* InstanceSet::live(const std::vector<const Observation*>& records) const {
  const auto found = std::ranges::find_if(
      records, [this](const Observation* record) { return record->is_live(now); });
  return found == records.end() ? nullptr : *found;
}

std::size_t InstanceSet::live_count(const std::vector<const Observation*>& records) const {
  std::map<std::uint32_t, std::size_t> by_interface;
  std::size_t most = 0;
  for (const Observation* record : records) {
    if (record->is_live(now)) most = std::max(most, ++by_interface[record->interface()]);
  }
  return most;
}

bool InstanceSet::is_known_absent(NameView owner, Type type) const {
  const auto denied = std::ranges::any_of(instance.denials, [&](const Observation* record) {
    return record->is_live(now) && record->owner() == owner && record->denies(type);
  });
  if (denied) return true;
  constexpr unsigned enough = 3;
  constexpr auto patience = std::chrono::seconds(1);
  const auto in_vain = [&](Type asked_type) {
    const auto asked = census.asked(owner, asked_type);
    return asked.times >= enough && now - asked.last >= patience;
  };
  return in_vain(type) || in_vain(Type::any);
}

namespace {

constexpr Span whole{0, 0};

bool is_type(const InstanceSet& set, std::string_view service) {
  return ascii::equal(set.name().label(1), service);
}

/// RFC 6763 §6.8: printers may have one TXT record a queue, each with qtotal and priority.
bool has_queues(const InstanceSet& set) {
  if (!is_type(set, "_printer")) return false;
  return std::ranges::all_of(set.instance.texts, [&](const Observation* text) {
    return !text->is_live(set.now) || (find_txt_attribute(text->rdata(), "qtotal").present &&
                                       find_txt_attribute(text->rdata(), "priority").present);
  });
}

/// The domain of a service: all behind instance, service and transport.
NameView domain_of(const InstanceSet& set) { return set.name().without(3); }

constexpr Rule<InstanceSet> rows[] = {
    {
        {
            .id = "TX024",
            .name = "several-txt-records",
            .severity = Severity::warning,
            .references = {{6763, "6.8"}},
            .message = "an instance with more than one TXT record",
            .help = "Merge them: readers take any one.",
            .no_example = "needs several records",
            .why = "Which one a client reads is chance.",
        },
        [](const InstanceSet& set, Report& report) {
          const std::size_t count = set.live_count(set.instance.texts);
          if (count > 1 && !has_queues(set)) report(whole, {.detail = std::to_string(count)});
        },
    },
    {
        {
            .id = "TX025",
            .name = "txt-missing",
            .severity = Severity::error,
            .references = {{6763, "6"}},
            .message = "an instance with an SRV record and no TXT record",
            .help = "Every service has one: announce a TXT record of one zero octet at least.",
            .no_example = "needs the records of an instance",
            .why = "Clients wait for the record before they list the service, or leave it out.",
        },
        [](const InstanceSet& set, Report& report) {
          if (!set.is_listed() || !set.live(set.instance.services)) return;
          if (set.live(set.instance.texts)) return;
          if (set.is_known_absent(set.name(), Type::txt)) report(whole);
        },
    },
    {
        {
            .id = "SR003",
            .name = "target-without-address",
            .severity = Severity::error,
            .references = {{2782, ""}},
            .message = "an SRV target that has no address",
            .help = "Announce an A or AAAA record of the target.",
            .no_example = "needs the records of a host",
            .why = "Clients resolve the service and then have no address to connect to.",
        },
        [](const InstanceSet& set, Report& report) {
          std::set<std::string_view> done;
          for (const Observation* service : set.instance.services) {
            const NameView target = service->target();
            if (!service->is_live(set.now) || target.is_root()) continue;
            if (!done.insert(target.octets()).second) continue;
            const bool has_address =
                std::ranges::any_of(set.instance.addresses, [&](const Observation* address) {
                  return address->is_live(set.now) && address->owner() == target;
                });
            if (has_address) continue;
            if (!set.is_known_absent(target, Type::a)) continue;
            if (set.is_known_absent(target, Type::aaaa)) report(whole, {.detail = target.text()});
          }
        },
    },
    {
        {
            .id = "SR006",
            .name = "port-zero",
            .severity = Severity::warning,
            .references = {{6763, "8"}, {6335, "6"}},
            .message = "an instance that is listed and has port 0",
            .help = "Give the real port; a name that is only to be kept free has no PTR record.",
            .no_example = "needs an instance that is listed",
            .why = "Clients try to connect to port 0 and fail.",
        },
        [](const InstanceSet& set, Report& report) {
          if (!set.is_listed()) return;
          const auto is_zero = [&](const Observation* service) {
            const auto fields = service->srv();
            return service->is_live(set.now) && fields && fields->port == 0;
          };
          if (std::ranges::any_of(set.instance.services, is_zero)) report(whole);
        },
    },
    {
        {
            .id = "SR008",
            .name = "several-srv-records",
            .severity = Severity::info,
            .references = {{6763, "5"}},
            .message = "an instance with more than one SRV record",
            .help = "That is allowed, if clients are to choose by priority and weight.",
            .no_example = "needs several records",
            .why = "Many clients read the first one alone.",
        },
        [](const InstanceSet& set, Report& report) {
          const std::size_t count = set.live_count(set.instance.services);
          if (count > 1) report(whole, {.detail = std::to_string(count)});
        },
    },
    {
        {
            .id = "SR013",
            .name = "target-in-another-domain",
            .severity = Severity::info,
            .references = {{6763, "4.1"}, {6763, "5"}},
            .message = "an SRV target outside of the service's domain",
            .help = "That is allowed; make sure that clients can resolve it.",
            .no_example = "needs the domain of a service",
            .why = "Clients have to resolve the target elsewhere, which fails where only multicast "
                   "DNS is at hand.",
        },
        [](const InstanceSet& set, Report& report) {
          std::set<std::string_view> done;
          for (const Observation* service : set.instance.services) {
            const NameView target = service->target();
            if (!service->is_live(set.now) || target.is_root()) continue;
            if (target.is_under(domain_of(set)) || !done.insert(target.octets()).second) continue;
            report(whole, {.detail = target.text()});
          }
        },
    },
    {
        {
            .id = "PT005",
            .name = "subtype-without-type",
            .severity = Severity::warning,
            .references = {{6763, "7.1"}},
            .message = "an instance that is listed under a subtype, but not under its type",
            .help = "Announce the PTR record of the type, too.",
            .no_example = "needs the records of an instance",
            .why = "Clients that browse for the type do not see the instance.",
        },
        [](const InstanceSet& set, Report& report) {
          if (!set.live(set.instance.subtypes) || set.is_listed()) return;
          if (set.is_known_absent(set.name().without(1), Type::ptr)) report(whole);
        },
    },
    {
        {
            .id = "PT010",
            .name = "pointer-without-srv",
            .severity = Severity::warning,
            .references = {{6763, "5"}, {6762, "10.4"}},
            .message = "an instance that is listed and has no SRV record",
            .help = "Announce SRV and TXT, or say goodbye for the PTR record.",
            .no_example = "needs the records of an instance",
            .why = "Users see a service that they cannot open.",
        },
        [](const InstanceSet& set, Report& report) {
          if (!set.is_listed() || set.live(set.instance.services)) return;
          if (is_type(set, "_device-info")) return;  // RG004: it has a TXT record alone
          if (set.is_known_absent(set.name(), Type::srv)) report(whole);
        },
    },
};

}  // namespace

Table<InstanceSet> instance_set_rules() { return rows; }

}  // namespace srvwarden::rules
