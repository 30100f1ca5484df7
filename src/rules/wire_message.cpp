// Telling what a message and its records are, once for all rules.
// SPDX-License-Identifier: Apache-2.0
#include "rules/wire_message.hpp"

#include <algorithm>
#include <cstring>

#include "census/name_labels.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::rules {

namespace {

using wire::NameView;
using wire::Record;
using wire::Type;

bool is_reverse(NameView name) noexcept {
  const std::size_t count = name.label_count();
  if (count < 2 || !ascii::equal(name.label(count - 1), "arpa")) return false;
  const std::string_view label = name.label(count - 2);
  return ascii::equal(label, "in-addr") || ascii::equal(label, "ip6");
}

RecordKind kind_of(const Record& record) noexcept {
  switch (record.type) {
    case Type::ptr:
      if (census::shape_of_name(record.owner, true).role != NameRole::none) {
        return RecordKind::service_pointer;
      }
      return is_reverse(record.owner) ? RecordKind::reverse_pointer : RecordKind::other;
    case Type::srv:
    case Type::txt:
      return RecordKind::service;
    case Type::a:
    case Type::aaaa:
    case Type::hinfo:
      return RecordKind::address;
    case Type::nsec:
      return RecordKind::nsec;
    case Type::opt:
      return RecordKind::opt;
    default:
      return RecordKind::other;
  }
}

/// Eight octets at a time: nearly all names are.
bool is_ascii(NameView name) noexcept {
  constexpr std::uint64_t top_bits = 0x8080808080808080u;
  std::string_view octets = name.octets();
  std::uint64_t all = 0;
  for (; octets.size() >= sizeof all; octets.remove_prefix(sizeof all)) {
    std::uint64_t word = 0;
    std::memcpy(&word, octets.data(), sizeof word);
    all |= word;
  }
  for (const char octet : octets) all |= static_cast<unsigned char>(octet);
  return (all & top_bits) == 0;
}

bool is_same_set(const Record& a, const Record& b) noexcept {
  return a.type == b.type && a.class_number() == b.class_number() && a.owner == b.owner;
}

}  // namespace

bool is_multicast_name(NameView name) noexcept {
  const std::size_t count = name.label_count();
  if (count == 0) return false;
  if (ascii::equal(name.label(count - 1), "local")) return true;
  if (!is_reverse(name)) return false;
  const auto from_right = [&](std::size_t i) {
    return i < count ? name.label(count - 1 - i) : std::string_view();
  };
  if (ascii::equal(from_right(1), "in-addr")) {
    return from_right(2) == "169" && from_right(3) == "254";
  }
  constexpr std::string_view link_local = "89ab";  // fe80::/10
  const std::string_view third = from_right(4);
  return ascii::equal(from_right(2), "f") && ascii::equal(from_right(3), "e") &&
         third.size() == 1 && link_local.find(ascii::fold(third.front())) != link_local.npos;
}

void MessageLooker::find_sets(const wire::Message& message) {
  const auto& records = message.records;
  keys_.clear();
  for (std::uint32_t i = 0; i < records.size(); ++i) {
    const Record& record = records[i];
    const std::size_t hash = wire::hash_value(record.owner) * 31 +
                             static_cast<std::size_t>(record.type) * 7 + record.class_number();
    keys_.push_back({hash, i});
    facts_[i].set = i;
  }
  std::ranges::sort(keys_, [](const Key& a, const Key& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.index < b.index;
  });
  for (std::size_t i = 1; i < keys_.size(); ++i) {
    if (keys_[i].hash != keys_[i - 1].hash) continue;
    const std::uint32_t first = facts_[keys_[i - 1].index].set;
    const std::uint32_t index = keys_[i].index;
    if (is_same_set(records[first], records[index])) facts_[index].set = first;
  }
}

void MessageLooker::find_pointers(const wire::Message& message) {
  pointers_.clear();
  for (std::uint32_t i = 0; i < facts_.size(); ++i) {
    const Record& record = message.records[i];
    if (facts_[i].kind != RecordKind::service_pointer || !record.owner_is_whole ||
        !record.rdata_is_whole) {
      continue;
    }
    pointers_.push_back({i, census::shape_of_name(record.owner, true),
                         census::shape_of_name(record.target, false)});
  }
}

WireMessage MessageLooker::look(const wire::Packet& packet, const wire::Message& message,
                                bool follows_truncated) {
  const auto& records = message.records;
  facts_.assign(records.size(), {});
  find_sets(message);
  for (std::size_t i = 0; i < records.size(); ++i) {
    facts_[i].kind = kind_of(records[i]);
    facts_[i].is_ascii = is_ascii(records[i].owner) && is_ascii(records[i].target);
    const std::size_t first = facts_[i].set;
    if (records[i].cache_flush() != records[first].cache_flush()) facts_[first].mixed_flush = true;
    const bool both_live = records[i].ttl != 0 && records[first].ttl != 0;
    if (both_live && records[i].ttl != records[first].ttl) facts_[first].mixed_ttl = true;
  }
  for (RecordFacts& fact : facts_) {
    fact.mixed_flush = facts_[fact.set].mixed_flush;
    fact.mixed_ttl = facts_[fact.set].mixed_ttl;
  }
  find_pointers(message);
  return {packet, message,  census::role_of(packet, message.header), follows_truncated,
          facts_, pointers_};
}

Span owner_place(const Record& record) noexcept {
  return {record.offset, record.rdata_offset - record.offset - 10};
}
Span type_place(const Record& record) noexcept { return {record.rdata_offset - 10u, 2}; }
Span class_place(const Record& record) noexcept { return {record.rdata_offset - 8u, 2}; }
Span ttl_place(const Record& record) noexcept { return {record.rdata_offset - 6u, 4}; }
Span rdata_place(const Record& record) noexcept {
  return {record.rdata_offset, record.rdata.size()};
}
Span question_place(const wire::Question& question) noexcept { return {question.offset, 0}; }

void run_wire_rules(const WireMessage& message, const Policy& policy, const SourceMap& map,
                    Findings& out) {
  for (const auto table : {wire_header_rules, wire_size_rules, wire_fault_rules, wire_flag_rules,
                           wire_record_rules, wire_pointer_rules}) {
    run(table(), message, policy, map, out);
  }
}

}  // namespace srvwarden::rules
