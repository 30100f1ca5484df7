// Caching as a browser does.
// SPDX-License-Identifier: Apache-2.0
#include "rules/story/browser_cache.hpp"

#include <algorithm>

#include "srvwarden/ascii.hpp"

namespace srvwarden::rules::story {

namespace {

using wire::NameView;

constexpr std::size_t most_kept = 4096;
constexpr auto grace = std::chrono::seconds(1);  ///< records of one burst: RFC 6762 §10.2

bool is_same_set(const PartSeen& a, const PartSeen& b) noexcept {
  return a.type == b.type && NameView(a.owner) == NameView(b.owner);
}

/// TXT strings keep their case; elsewhere only names have letters.
bool is_same_data(const PartSeen& a, const PartSeen& b) noexcept {
  const bool has_name = a.type == wire::Type::ptr || a.type == wire::Type::srv;
  return has_name ? ascii::equal(a.rdata, b.rdata) : a.rdata == b.rdata;
}

bool is_usable(const PartSeen& record) noexcept {
  constexpr unsigned internet = 1;
  return record.is_whole && (record.class_field & 0x7FFFu) == internet &&
         record.section != wire::Section::authority;
}

}  // namespace

std::size_t BrowserCache::position(const PartSeen& record) const {
  const auto found = std::ranges::find_if(records_, [&](const CachedRecord& known) {
    return is_same_set(known.record, record) && is_same_data(known.record, record);
  });
  return static_cast<std::size_t>(found - records_.begin());
}

const CachedRecord* BrowserCache::find(const PartSeen& record) const {
  const std::size_t at = position(record);
  return at < records_.size() ? &records_[at] : nullptr;
}

const CachedRecord* BrowserCache::other_than(const PartSeen& record, wire::Time time) const {
  const CachedRecord* known = find(record);
  if (known && known->is_live(time)) return nullptr;
  for (const CachedRecord* one : live(record.part, time)) {
    if (is_same_set(one->record, record)) return one;
  }
  return nullptr;
}

void BrowserCache::flush(const PartSeen& by, wire::Time time) {
  for (CachedRecord& known : records_) {
    if (!is_same_set(known.record, by) || is_same_data(known.record, by)) continue;
    if (!known.is_live(time) || time - known.seen <= grace) continue;
    known.ends = time;
    known.leaving = Leaving::replaced;
  }
}

void BrowserCache::take(const Moment& moment) {
  if (!moment.is_multicast() || !must_ignore(moment).empty()) return;
  const wire::Time time = moment.time();
  for (const PartSeen& record : moment.records) {
    if (!is_usable(record)) continue;
    const std::size_t at = position(record);
    const bool is_known = at < records_.size();
    if (record.is_goodbye()) {
      if (is_known && records_[at].is_live(time)) {
        records_[at].ends = time;
        records_[at].leaving = Leaving::goodbye;
      }
      continue;
    }
    if (record.cache_flush()) flush(record, time);
    if (!is_known && records_.size() >= most_kept) continue;
    if (!is_known) records_.emplace_back();
    records_[at] = {.record = record,
                    .sender = party_of(*moment.packet),
                    .seen = time,
                    .packet = moment.packet->number,
                    .ends = time + std::chrono::seconds(record.ttl >> 31 ? 0 : record.ttl)};
  }
}

std::vector<const CachedRecord*> BrowserCache::live(Part part, wire::Time time) const {
  std::vector<const CachedRecord*> out;
  for (const CachedRecord& known : records_) {
    if (known.record.part == part && known.is_live(time)) out.push_back(&known);
  }
  return out;
}

const CachedRecord* BrowserCache::last_gone(Part part, wire::Time time) const {
  if (has(part, time)) return nullptr;
  const CachedRecord* last = nullptr;
  for (const CachedRecord& known : records_) {
    if (known.record.part == part && (!last || known.ends > last->ends)) last = &known;
  }
  return last;
}

}  // namespace srvwarden::rules::story
