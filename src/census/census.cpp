// Taking packets in: told in the census' own terms, then counted.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/census.hpp"

#include <algorithm>

#include "census/state.hpp"

namespace srvwarden::census {

namespace {

using wire::NameView;
using wire::Record;
using wire::Section;
using wire::Type;

/// TXT is kept however malformed: what is in it is for the rules to say.
bool is_kept(const Record& record) noexcept {
  if (!record.owner_is_whole || record.type == Type::opt) return false;
  return record.rdata_is_whole || record.type == Type::txt;
}

bool answers(const Record& record, const wire::Question& question) noexcept {
  return (record.type == question.type || question.type == Type::any) &&
         record.owner == question.name;
}

}  // namespace

MessageRole role_of(const wire::Packet& packet, const wire::Header& header) noexcept {
  if (!header.is_response()) {
    const bool knows_mdns = packet.source.port == wire::mdns_port;
    return knows_mdns ? MessageRole::query : MessageRole::legacy_query;
  }
  if (packet.destination.address.is_multicast()) return MessageRole::multicast_response;
  const bool knows_mdns = packet.destination.port == wire::mdns_port;
  return knows_mdns ? MessageRole::unicast_response : MessageRole::legacy_response;
}

bool SeenMessage::is_probe() const noexcept {
  return !is_response() && !questions.empty() &&
         std::ranges::any_of(records, [](const SeenRecord& record) {
           return record.section == Section::authority;
         });
}

Census::Census(Limits limits) : state_(std::make_unique<State>(limits)) {}
Census::~Census() = default;
Census::Census(Census&&) noexcept = default;
Census& Census::operator=(Census&&) noexcept = default;

void Census::look(const wire::Packet& packet, const wire::Message& message, SeenMessage& seen) {
  State& state = *state_;
  seen.role = role_of(packet, message.header);
  seen.malformed = !message.faults.empty();
  seen.truncated = message.header.truncated();
  seen.sender = state.sender_row(packet);
  seen.questions.clear();
  seen.records.clear();
  for (const wire::Question& asked : message.questions) {
    SeenQuestion& question = seen.questions.emplace_back();
    question.name = state.name_row(asked.name);
    question.type = asked.type;
    question.wants_unicast = asked.wants_unicast();
    if (seen.is_response()) continue;
    question.has_answer = std::ranges::any_of(
        message.records, [&](const Record& record) { return answers(record, asked); });
    question.row = state.question_row(question.name, asked.type, packet.interface);
    question.asking = state.asking_row(question.row, seen.sender);
  }
  for (const Record& record : message.records) {
    SeenRecord& entry = seen.records.emplace_back();
    entry.ttl = record.ttl >> 31 ? 0 : record.ttl;
    entry.offset = record.offset;
    entry.type = record.type;
    entry.section = record.section;
    entry.cache_flush = record.cache_flush();
    if (!is_kept(record)) {
      entry.type = Type::opt;
      continue;
    }
    if (seen.is_response()) {
      entry.name = state.name_row(record.owner);
      if (entry.name != no_index) {
        entry.index = state.record_row(entry.name, record, packet.interface);
      }
    } else {
      entry.name = state.find_name(record.owner);
      entry.index = state.find_record(
          state.find_set(entry.name, record.type, record.class_number(), packet.interface), record);
    }
  }
}

void Census::add(const wire::Packet& packet, const wire::Message& message) {
  look(packet, message, state_->told);
  count(packet, state_->told);
}

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

bool Census::was_asked_for(std::uint32_t name, Type type, std::uint32_t interface,
                           wire::Time time) const noexcept {
  constexpr auto answer_window = std::chrono::seconds(2);
  return std::ranges::any_of(std::array{type, Type::any}, [&](Type asked) {
    const Question* question = find_question(name, asked, interface);
    return question && time - question->last_any < answer_window;
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
