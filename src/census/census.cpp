// Asking a census what it has.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/census.hpp"

#include <algorithm>

#include "census/state.hpp"

namespace srvwarden::census {

using wire::NameView;
using wire::Type;

MessageRole role_of(const wire::Packet& packet, const wire::Header& header) noexcept {
  if (!header.is_response()) {
    const bool knows_mdns = packet.source.port == wire::mdns_port;
    return knows_mdns ? MessageRole::query : MessageRole::legacy_query;
  }
  if (packet.destination.address.is_multicast()) return MessageRole::multicast_response;
  const bool knows_mdns = packet.destination.port == wire::mdns_port;
  return knows_mdns ? MessageRole::unicast_response : MessageRole::legacy_response;
}

Census::Census(Limits limits) : state_(std::make_unique<State>(limits)) {}
Census::~Census() = default;
Census::Census(Census&&) noexcept = default;
Census& Census::operator=(Census&&) noexcept = default;

const Counts& Census::counts() const noexcept { return state_->counts; }
const std::deque<Observation>& Census::records() const noexcept { return state_->records; }
const std::deque<Sender>& Census::senders() const noexcept { return state_->senders; }
const std::deque<RecordSet>& Census::sets() const noexcept { return state_->sets; }
const std::deque<Question>& Census::questions() const noexcept { return state_->questions; }
const std::deque<Asking>& Census::askings() const noexcept { return state_->askings; }
wire::Time Census::first() const noexcept { return state_->first.value_or(wire::Time()); }
wire::Time Census::now() const noexcept { return state_->now; }

std::string_view Census::interface_name(std::uint32_t index) const noexcept {
  const auto found = state_->interfaces.find(index);
  return found == state_->interfaces.end() ? std::string_view() : found->second;
}

NameView Census::name(std::uint32_t index) const noexcept { return state_->names[index].octets; }
std::uint32_t Census::index_of(NameView name) const noexcept { return state_->find_name(name); }

std::span<const Probing> Census::probings(std::uint32_t name) const noexcept {
  if (name == no_index || state_->names[name].probings == no_index) return {};
  const Probings& probings = state_->probings[state_->names[name].probings];
  return std::span(probings.rows).first(probings.count);
}

const RecordSet* Census::find_set(std::uint32_t name, Type type, std::uint32_t interface,
                                  std::uint16_t class_number) const noexcept {
  const std::uint32_t index = state_->find_set(name, type, class_number, interface);
  return index == no_index ? nullptr : &state_->sets[index];
}

std::vector<const RecordSet*> Census::sets_of(std::uint32_t name) const {
  std::vector<const RecordSet*> found;
  std::uint32_t at = name == no_index ? no_index : state_->names[name].sets;
  for (; at != no_index; at = state_->sets[at].next) found.push_back(&state_->sets[at]);
  return found;
}

std::vector<const Observation*> Census::records_of(const RecordSet& set) const {
  std::vector<const Observation*> found;
  found.reserve(set.records);
  for (std::uint32_t at = set.newest; at != no_index; at = state_->records[at].older()) {
    found.push_back(&state_->records[at]);
  }
  std::ranges::reverse(found);
  return found;
}

const Question* Census::find_question(std::uint32_t name, Type type,
                                      std::uint32_t interface) const noexcept {
  const std::uint32_t index = state_->find_question(name, type, interface);
  return index == no_index ? nullptr : &state_->questions[index];
}

const Asking* Census::find_asking(std::uint32_t name, Type type, std::uint32_t interface,
                                  SenderId sender) const noexcept {
  const std::uint32_t question = state_->find_question(name, type, interface);
  const std::uint32_t index = state_->find_asking(question, sender);
  return index == no_index ? nullptr : &state_->askings[index];
}

SenderId Census::find_sender(const wire::Address& address, std::uint32_t interface) const noexcept {
  return state_->find_sender(address, interface);
}

bool Census::may_be_one_host(SenderId a, SenderId b) const noexcept {
  return state_->may_be_one_host(a, b);
}

std::optional<wire::Time> Census::last_query() const noexcept { return state_->last_query; }

std::optional<wire::Time> Census::owned_since(std::uint32_t name) const noexcept {
  return name == no_index ? std::nullopt : state_->names[name].owned_since;
}

bool Census::was_asked_for(std::uint32_t name, Type type, std::uint32_t interface, wire::Time time,
                           SenderId answerer) const noexcept {
  constexpr auto answer_window = std::chrono::seconds(2);
  for (const Type asked : {type, Type::any}) {
    const Question* question = find_question(name, asked, interface);
    if (question && time - question->last_any < answer_window) return true;
  }
  return std::ranges::any_of(probings(name), [&](const Probing& probing) {
    return time - probing.last < answer_window && !may_be_one_host(probing.sender, answerer);
  });
}

std::vector<const Observation*> Census::find(NameView owner, Type type) const {
  std::vector<std::uint32_t> indices;
  const std::uint32_t name = index_of(owner);
  for (std::uint32_t at = name == no_index ? no_index : state_->names[name].sets; at != no_index;
       at = state_->sets[at].next) {
    const RecordSet& set = state_->sets[at];
    if (set.type != type) continue;
    for (std::uint32_t record = set.newest; record != no_index;
         record = state_->records[record].older()) {
      indices.push_back(record);
    }
  }
  std::ranges::sort(indices);
  std::vector<const Observation*> found;
  found.reserve(indices.size());
  for (const std::uint32_t index : indices) found.push_back(&state_->records[index]);
  return found;
}

Census::Asked Census::asked(NameView name, Type type) const {
  Asked most;
  const std::uint32_t index = index_of(name);
  for (std::uint32_t at = index == no_index ? no_index : state_->names[index].questions;
       at != no_index; at = state_->questions[at].next) {
    const Question& question = state_->questions[at];
    if (question.type != type || question.times < most.times) continue;
    most = {question.times, question.last};
  }
  return most;
}

}  // namespace srvwarden::census
