// What a response changes for those who know what came before.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "rules/story/narrator.hpp"

namespace srvwarden::rules::story {

namespace {

/// The addresses of a family that a response has, and whether they replace the others.
struct AddressSet {
  std::set<std::string> addresses;
  bool flushes = false;
};

AddressSet addresses_of(const Moment& moment, Part part) {
  AddressSet set;
  for (const PartSeen& record : moment.records) {
    if (record.part != part || record.is_goodbye()) continue;
    set.addresses.insert(rdata_words(record.type, record.rdata));
    set.flushes = set.flushes || record.cache_flush();
  }
  return set;
}

void add_addresses(const Moment& moment, Part part, const BrowserCache& cache,
                   std::vector<Change>& out) {
  constexpr auto one_burst = std::chrono::seconds(1);  // RFC 6762 §10.2
  const AddressSet now = addresses_of(moment, part);
  const auto live = cache.live(part, moment.time());
  if (now.addresses.empty() || live.empty() || !now.flushes) return;
  if (!is_same_host(live.front()->sender, party_of(*moment.packet))) return;
  const std::string what(name_of(part));
  std::set<std::string> before;
  for (const CachedRecord* known : live) {
    const std::string address = rdata_words(known->record.type, known->record.rdata);
    before.insert(address);
    const bool is_gone =
        !now.addresses.contains(address) && moment.time() - known->seen > one_burst;
    if (is_gone) out.push_back({what, address, "", true, false});
  }
  for (const std::string& address : now.addresses) {
    if (!before.contains(address)) out.push_back({what, "", address, false, true});
  }
}

}  // namespace

std::vector<Change> changes_of(const Moment& moment, const BrowserCache& cache) {
  std::vector<Change> out;
  for (const PartSeen& record : moment.records) {
    if (!record.is_unique() || record.is_goodbye() || !record.is_whole) continue;
    const CachedRecord* before = cache.other_than(record, moment.time());
    if (!before || !is_same_host(before->sender, party_of(*moment.packet))) continue;
    for (Change& change : changes_between(record.type, before->record.rdata, record.rdata)) {
      out.push_back(std::move(change));
    }
  }
  for (const Part part : {Part::address_ipv4, Part::address_ipv6}) {
    add_addresses(moment, part, cache, out);
  }
  return out;
}

}  // namespace srvwarden::rules::story
