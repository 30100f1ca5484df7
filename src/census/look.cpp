// Telling a packet in the census' own terms: rows for what is new, and what its probes propose.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>

#include "census/state.hpp"

namespace srvwarden::census {

namespace {

using wire::Record;
using wire::Section;
using wire::Type;

/// TXT is kept however malformed: what is in it is for the rules to say.
bool is_kept(const Record& record) noexcept {
  if (!record.owner_is_whole || record.type == Type::opt) return false;
  return record.rdata_is_whole || record.type == Type::txt;
}

void append16(std::string& out, unsigned value) {
  out += static_cast<char>(value >> 8);
  out += static_cast<char>(value);
}

/// One record of a proposal: class, type, RDATA. Each octet of RDATA has a one before it and the
/// end is a zero, so that what is the beginning of another is less than that. RFC 6762 §8.2.
std::string proposed(const Record& record) {
  std::string rdata;
  wire::append_rdata(rdata, record);
  std::string out;
  append16(out, record.class_number());
  append16(out, static_cast<unsigned>(record.type));
  for (const char octet : rdata) (out += '\1') += octet;
  return out += '\0';
}

/// A record beside the questions of a query, so that those are matched in logarithmic time.
struct Beside {
  std::uint32_t name;
  Type type;
  std::uint32_t record;  ///< index in the message

  auto key() const noexcept { return std::pair(name, type); }
};

/// More probes in one message are told without what they propose: whoever sends that many cannot
/// make us compare all with all.
constexpr std::size_t max_proposals = 64;

/// Writes what is proposed for the name of a question.
void propose(const wire::Message& message, std::span<const Beside> records, SeenQuestion& question,
             std::string& out) {
  std::vector<std::string> octets;
  for (const Beside& record : records) {
    octets.push_back(proposed(message.records[record.record]));
    question.proposed_types |= type_bit(record.type);
  }
  std::ranges::sort(octets);
  question.proposal_at = static_cast<std::uint32_t>(out.size());
  for (const std::string& record : octets) out += record;
  question.proposal_size = static_cast<std::uint32_t>(out.size()) - question.proposal_at;
}

/// Whether each question is a probe or has an answer beside it. All names are known by now.
void look_at_questions(const wire::Message& message, SeenMessage& seen) {
  std::vector<Beside> all;
  std::vector<Beside> authority;
  for (std::uint32_t i = 0; i < seen.records.size(); ++i) {
    const SeenRecord& record = seen.records[i];
    if (record.name == no_index || record.type == Type::opt) continue;
    all.push_back({record.name, record.type, i});
    if (record.section == Section::authority) authority.push_back(all.back());
  }
  std::ranges::sort(all, {}, &Beside::key);
  std::ranges::sort(authority, {}, &Beside::key);
  std::size_t proposals = 0;
  for (SeenQuestion& question : seen.questions) {
    if (question.name == no_index) continue;
    question.has_answer = question.type == Type::any
                              ? std::ranges::binary_search(all, question.name, {}, &Beside::name)
                              : std::ranges::binary_search(
                                    all, std::pair(question.name, question.type), {}, &Beside::key);
    const auto records = std::ranges::equal_range(authority, question.name, {}, &Beside::name);
    question.proposes = !records.empty();
    if (question.proposes && ++proposals <= max_proposals) {
      propose(message, records, question, seen.proposals);
    }
  }
}

}  // namespace

void Census::look(const wire::Packet& packet, const wire::Message& message, SeenMessage& seen) {
  State& state = *state_;
  seen.role = role_of(packet, message.header);
  seen.malformed = !message.faults.empty();
  seen.truncated = message.header.truncated();
  seen.sender = state.sender_row(packet);
  seen.questions.clear();
  seen.records.clear();
  seen.proposals.clear();
  for (const wire::Question& asked : message.questions) {
    SeenQuestion& question = seen.questions.emplace_back();
    question.name = state.name_row(asked.name);
    question.type = asked.type;
    question.wants_unicast = asked.wants_unicast();
    if (seen.is_response()) continue;
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
  if (!seen.is_response() && !seen.records.empty()) look_at_questions(message, seen);
}

void Census::add(const wire::Packet& packet, const wire::Message& message) {
  look(packet, message, state_->told);
  count(packet, state_->told, is_answer(packet, state_->told));
}

}  // namespace srvwarden::census
