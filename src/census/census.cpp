// Taking packets in: each record is kept once an interface, with its sightings.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/census.hpp"

#include <algorithm>

#include "srvwarden/ascii.hpp"

namespace srvwarden::census {

namespace {

using wire::NameView;
using wire::Record;
using wire::Type;

constexpr std::size_t max_sources = 8;

std::size_t mix(std::size_t hash, std::size_t value) noexcept {
  return (hash ^ value) * 0x9E3779B97F4A7C15u;
}

std::size_t hash_of(NameView owner, Type type) noexcept {
  return mix(wire::hash_value(owner), static_cast<std::size_t>(type));
}

/// TXT is kept however malformed: what is in it is for the rules to say.
bool is_kept(const Record& record) noexcept {
  if (!record.owner_is_whole || record.type == Type::opt) return false;
  return record.rdata_is_whole || record.type == Type::txt;
}

/// A TTL with the top bit set counts as zero. RFC 2181 §8.
std::uint32_t effective_ttl(std::uint32_t ttl) noexcept { return ttl >> 31 ? 0 : ttl; }

/// The record of the cache without those that a cache-flush bit spares: one second's. RFC 6762
/// §10.2.
constexpr auto flush_delay = std::chrono::seconds(1);

/// The same question within this is one, sent on several interfaces or families. RFC 6762 §5.2 has
/// a second between askings.
constexpr auto one_asking = std::chrono::milliseconds(500);

}  // namespace

Census::Census(Limits limits) : limits_(limits) {}

void Census::add(const wire::Packet& packet, const wire::Message& message) {
  ++counts_.packets;
  ++(message.header.is_response() ? counts_.responses : counts_.queries);
  if (!message.faults.empty()) ++counts_.malformed;
  now_ = std::max(now_, packet.time);
  if (packet.interface != 0 && !packet.interface_name.empty()) {
    interfaces_.try_emplace(packet.interface, packet.interface_name);
  }
  if (!message.header.is_response()) {
    for (const wire::Question& question : message.questions) {
      add_question(packet.time, message, question);
    }
    return;
  }
  for (const Record& record : message.records) {
    if (is_kept(record)) add_record(packet, record);
  }
}

void Census::add_question(wire::Time time, const wire::Message& message,
                          const wire::Question& question) {
  const auto answers = [&](const Record& record) {
    return record.type == question.type && record.owner == question.name;
  };
  if (std::ranges::any_of(message.records, answers)) return;  // known, or a probe
  const std::size_t hash = hash_of(question.name, question.type);
  const auto [begin, end] = questions_.equal_range(hash);
  for (auto at = begin; at != end; ++at) {
    AskedRow& row = at->second;
    if (row.type != question.type || NameView(row.name) != question.name) continue;
    if (time - row.asked.last >= one_asking) ++row.asked.times;
    row.asked.last = std::max(row.asked.last, time);
    return;
  }
  if (questions_.size() >= limits_.questions) {
    ++counts_.questions_dropped;
    return;
  }
  questions_.emplace(hash,
                     AskedRow{std::string(question.name.octets()), question.type, Asked{1, time}});
}

Census::Asked Census::asked(NameView name, Type type) const {
  const auto [begin, end] = questions_.equal_range(hash_of(name, type));
  for (auto at = begin; at != end; ++at) {
    if (at->second.type == type && NameView(at->second.name) == name) return at->second.asked;
  }
  return {};
}

/// Whether scratch_ holds the same data: names without regard to case, all else octet by octet.
bool Census::is_same(const Observation& seen, const Record& record,
                     std::uint32_t interface) const noexcept {
  if (seen.type_ != record.type || seen.interface_ != interface ||
      seen.class_number_ != record.class_number() || seen.rdata_.size() != scratch_.size() ||
      seen.owner() != record.owner) {
    return false;
  }
  const std::string_view ours = scratch_;
  const std::string_view theirs = seen.rdata_;
  const std::size_t begin = seen.target_at_;
  const std::size_t end = begin + seen.target_size_;
  return ours.substr(0, begin) == theirs.substr(0, begin) &&
         ours.substr(end) == theirs.substr(end) &&
         ascii::equal(ours.substr(begin, end - begin), theirs.substr(begin, end - begin));
}

Observation* Census::find_same(const Record& record, std::uint32_t interface, std::size_t hash) {
  const auto [begin, end] = by_data_.equal_range(hash);
  for (auto at = begin; at != end; ++at) {
    Observation& seen = records_[at->second];
    if (is_same(seen, record, interface)) return &seen;
  }
  return nullptr;
}

Observation* Census::insert(const Record& record, std::uint32_t interface, std::size_t hash) {
  const std::size_t octets = record.owner.octets().size() + scratch_.size();
  if (records_.size() >= limits_.records || octets > limits_.octets - octets_) {
    ++counts_.records_dropped;
    return nullptr;
  }
  octets_ += octets;
  const auto index = static_cast<std::uint32_t>(records_.size());
  Observation& fresh = records_.emplace_back();
  fresh.owner_ = record.owner.octets();
  fresh.rdata_ = scratch_;
  fresh.type_ = record.type;
  fresh.class_number_ = record.class_number();
  fresh.interface_ = interface;
  if (record.name_count > 0) {
    fresh.target_at_ = record.before_names;
    fresh.target_size_ = static_cast<std::uint16_t>(record.target.octets().size());
  }
  by_data_.emplace(hash, index);
  by_owner_.emplace(hash_of(record.owner, record.type), index);
  return &fresh;
}

void Census::add_record(const wire::Packet& packet, const Record& record) {
  ++counts_.records;
  scratch_.clear();
  wire::append_rdata(scratch_, record);
  std::size_t hash = mix(hash_of(record.owner, record.type), packet.interface);
  hash = mix(hash, wire::hash_value(NameView(scratch_)));
  Observation* seen = find_same(record, packet.interface, hash);
  if (!seen) seen = insert(record, packet.interface, hash);
  if (!seen) return;
  const Sighting sighting{packet.number, packet.time, packet.source.address};
  if (seen->count_++ == 0) seen->first_ = sighting;
  seen->last_ = sighting;
  seen->ttl_ = effective_ttl(record.ttl);
  seen->flushed_ = false;
  auto& sources = seen->sources_;
  if (sources.size() < max_sources &&
      std::ranges::find(sources, sighting.source) == sources.end()) {
    sources.push_back(sighting.source);
  }
  if (record.cache_flush()) flush_others(*seen);
}

void Census::flush_others(const Observation& fresh) {
  const auto [begin, end] = by_owner_.equal_range(hash_of(fresh.owner(), fresh.type_));
  for (auto at = begin; at != end; ++at) {
    Observation& other = records_[at->second];
    if (&other == &fresh || other.interface_ != fresh.interface_ || other.type_ != fresh.type_ ||
        other.class_number_ != fresh.class_number_ || other.owner() != fresh.owner()) {
      continue;
    }
    if (fresh.last_.time - other.last_.time > flush_delay) other.flushed_ = true;
  }
}

std::string_view Census::interface_name(std::uint32_t index) const noexcept {
  const auto found = interfaces_.find(index);
  return found == interfaces_.end() ? std::string_view() : found->second;
}

std::vector<const Observation*> Census::find(NameView owner, Type type) const {
  std::vector<std::uint32_t> indices;
  const auto [begin, end] = by_owner_.equal_range(hash_of(owner, type));
  for (auto at = begin; at != end; ++at) {
    const Observation& seen = records_[at->second];
    if (seen.type_ == type && seen.owner() == owner) indices.push_back(at->second);
  }
  std::ranges::sort(indices);
  std::vector<const Observation*> found;
  found.reserve(indices.size());
  for (const std::uint32_t index : indices) found.push_back(&records_[index]);
  return found;
}

}  // namespace srvwarden::census
