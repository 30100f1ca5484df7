// Finding and making the rows of a census: each thing has one.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>
#include <utility>

#include "srvwarden/ascii.hpp"

#include "census/state.hpp"

namespace srvwarden::census {

using wire::NameView;
using wire::Record;
using wire::Type;

namespace {

std::uint64_t pair_of(std::uint32_t high, std::uint32_t low) noexcept {
  return std::uint64_t{high} << 32 | low;
}

std::uint64_t kind_of(Type type, std::uint16_t class_number) noexcept {
  return static_cast<std::uint64_t>(type) << 16 | class_number;
}

}  // namespace

Hasher::Hasher() {
  static const auto secrets = [] {
    std::random_device device;
    const auto draw = [&] { return pair_of(device(), device()) | 1; };
    return std::array{draw(), draw()};
  }();
  secret_ = secrets[0];
  other_ = secrets[1];
}

std::string_view OctetStore::keep(std::string_view octets) {
  size_ += octets.size();
  if (octets.size() > block_size / 4) {  // a block of its own, before the one that is being filled
    auto own = std::make_unique_for_overwrite<char[]>(octets.size());
    char* const at = own.get();
    blocks_.insert(blocks_.end() - (blocks_.empty() ? 0 : 1), std::move(own));
    std::ranges::copy(octets, at);
    return {at, octets.size()};
  }
  if (octets.size() > left_) {
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_size));
    left_ = block_size;
  }
  char* const at = blocks_.back().get() + (block_size - left_);
  left_ -= octets.size();
  std::ranges::copy(octets, at);
  return {at, octets.size()};
}

std::uint32_t Census::State::find_name(NameView name) const {
  return name_index.find(hash.folded(name.octets()),
                         [&](std::uint32_t index) { return names[index].octets == name; });
}

std::uint32_t Census::State::name_row(NameView name) {
  if (const std::uint32_t known = find_name(name); known != no_index) return known;
  const std::size_t room = limits.octets - std::min(limits.octets, octets.size());
  if (name.octets().size() > room || names.size() >= limits.records + limits.questions) {
    return no_index;
  }
  const auto index = static_cast<std::uint32_t>(names.size());
  names.emplace_back().octets = NameView(octets.keep(name.octets()));
  name_index.insert(hash.folded(name.octets()), index);
  return index;
}

std::uint32_t Census::State::find_sender(const wire::Address& address,
                                         std::uint32_t interface) const {
  const std::uint64_t key = hash(wire::as_text(address.octets()), interface);
  return sender_index.find(key, [&](std::uint32_t index) {
    return senders[index].address == address && senders[index].interface == interface;
  });
}

std::uint32_t Census::State::sender_row(const wire::Packet& packet) {
  const wire::Address& address = packet.source.address;
  const std::uint32_t known = find_sender(address, packet.interface);
  if (known != no_index || senders.size() >= limits.senders) return known;
  Sender sender;
  sender.address = address;
  sender.interface = packet.interface;
  sender.mac = packet.mac;
  sender.first = sender.last = packet.time;
  add_sender(sender);
  return static_cast<std::uint32_t>(senders.size() - 1);
}

void Census::State::add_sender(const Sender& sender) {
  const auto index = static_cast<std::uint32_t>(senders.size());
  sender_index.insert(hash(wire::as_text(sender.address.octets()), sender.interface), index);
  senders.push_back(sender);
}

std::uint32_t Census::State::find_set(std::uint32_t name, Type type, std::uint16_t class_number,
                                      std::uint32_t interface) const {
  if (name == no_index) return no_index;
  return set_index.find(hash(pair_of(name, interface), kind_of(type, class_number)),
                        [&](std::uint32_t index) {
                          const RecordSet& set = sets[index];
                          return set.name == name && set.type == type &&
                                 set.interface == interface && set.class_number == class_number;
                        });
}

std::uint32_t Census::State::set_row(std::uint32_t name, Type type, std::uint16_t class_number,
                                     std::uint32_t interface) {
  const std::uint32_t known = find_set(name, type, class_number, interface);
  if (known != no_index) return known;
  const auto index = static_cast<std::uint32_t>(sets.size());
  sets.push_back({.name = name,
                  .newest = no_index,
                  .next = names[name].sets,
                  .type = type,
                  .class_number = class_number,
                  .interface = interface,
                  .flushed_at = {},
                  .updates = {},
                  .contests = {}});
  names[name].sets = index;
  set_index.insert(hash(pair_of(name, interface), kind_of(type, class_number)), index);
  return index;
}

/// The record of a set with the same data as in `scratch`: names without regard to case, all else
/// octet by octet.
std::uint32_t Census::State::find_record(std::uint32_t set, const Record& record) const {
  scratch.clear();
  wire::append_rdata(scratch, record);
  const std::string_view ours = scratch;
  const auto is_same = [&](std::uint32_t index) {
    const Observation& seen = records[index];
    if (seen.set_index_ != set || seen.rdata_.size() != ours.size()) return false;
    const std::size_t begin = seen.target_at_;
    const std::size_t end = begin + seen.target_size_;
    const std::string_view theirs = seen.rdata_;
    return ours.substr(0, begin) == theirs.substr(0, begin) &&
           ours.substr(end) == theirs.substr(end) &&
           ascii::equal(ours.substr(begin, end - begin), theirs.substr(begin, end - begin));
  };
  return set == no_index ? no_index : record_index.find(hash.folded(ours, set), is_same);
}

std::uint32_t Census::State::record_row(std::uint32_t name, const Record& record,
                                        std::uint32_t interface) {
  std::uint32_t set = find_set(name, record.type, record.class_number(), interface);
  if (const std::uint32_t known = find_record(set, record); known != no_index) return known;
  const std::size_t room = limits.octets - std::min(limits.octets, octets.size());
  if (records.size() >= limits.records || scratch.size() > room) return no_index;
  if (set == no_index) set = set_row(name, record.type, record.class_number(), interface);
  Observation& fresh = add_record(set, scratch);
  if (record.name_count > 0) {
    fresh.target_at_ = record.before_names;
    fresh.target_size_ = static_cast<std::uint16_t>(record.target.octets().size());
  }
  return static_cast<std::uint32_t>(records.size() - 1);
}

Observation& Census::State::add_record(std::uint32_t set, std::string_view rdata) {
  const auto index = static_cast<std::uint32_t>(records.size());
  Observation& fresh = records.emplace_back();
  fresh.owner_ = names[sets[set].name].octets;
  fresh.rdata_ = octets.keep(rdata);
  fresh.set_ = &sets[set];
  fresh.set_index_ = set;
  fresh.older_ = std::exchange(sets[set].newest, index);
  ++sets[set].records;
  record_index.insert(hash.folded(rdata, set), index);
  return fresh;
}

std::uint32_t Census::State::find_question(std::uint32_t name, Type type,
                                           std::uint32_t interface) const {
  if (name == no_index) return no_index;
  return question_index.find(
      hash(pair_of(name, interface), static_cast<std::uint64_t>(type)), [&](std::uint32_t index) {
        const Question& row = questions[index];
        return row.name == name && row.type == type && row.interface == interface;
      });
}

std::uint32_t Census::State::question_row(std::uint32_t name, Type type, std::uint32_t interface) {
  const std::uint32_t known = find_question(name, type, interface);
  if (name == no_index) return no_index;
  if (known != no_index || questions.size() >= limits.questions) return known;
  const auto index = static_cast<std::uint32_t>(questions.size());
  questions.push_back(
      {.name = name, .next = names[name].questions, .type = type, .interface = interface});
  names[name].questions = index;
  question_index.insert(hash(pair_of(name, interface), static_cast<std::uint64_t>(type)), index);
  return index;
}

std::uint32_t Census::State::find_asking(std::uint32_t question, SenderId sender) const {
  if (question == no_index || sender == no_index) return no_index;
  return asking_index.find(hash(question, sender), [&](std::uint32_t index) {
    return askings[index].question == question && askings[index].sender == sender;
  });
}

std::uint32_t Census::State::asking_row(std::uint32_t question, SenderId sender) {
  if (question == no_index || sender == no_index) return no_index;
  const std::uint32_t known = find_asking(question, sender);
  if (known != no_index || askings.size() >= limits.questions) return known;
  const auto index = static_cast<std::uint32_t>(askings.size());
  askings.push_back({.question = question, .sender = sender, .last_unicast = {}});
  asking_index.insert(hash(question, sender), index);
  return index;
}

}  // namespace srvwarden::census
