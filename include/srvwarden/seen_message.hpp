// SeenMessage: one packet in a census' own terms, which need not be decoded again to be counted.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "srvwarden/mdns_message.hpp"
#include "srvwarden/mdns_packet.hpp"
#include "srvwarden/observation.hpp"

namespace srvwarden::census {

/// Which of RFC 6762's kinds of message a packet is.
enum class MessageRole : std::uint8_t {
  query,               ///< from port 5353
  legacy_query,        ///< from another port: §6.7
  multicast_response,  ///< to any group
  unicast_response,    ///< to port 5353: to a question with the QU bit, or to a unicast query
  legacy_response,     ///< to another port
};
MessageRole role_of(const wire::Packet& packet, const wire::Header& header) noexcept;

/// A question as asked; `row` and `asking` are no_index where the census had no room for them.
struct SeenQuestion {
  std::uint32_t name = no_index;    ///< index of the name
  std::uint32_t row = no_index;     ///< index of the question on this interface
  std::uint32_t asking = no_index;  ///< index of what this sender asked of it
  wire::Type type{};
  bool wants_unicast = false;
  bool proposes = false;  ///< a probe: the Authority section has records of the name. §8.1
  /// Of a probe: where SeenMessage::proposals has its records, as they are compared.
  std::uint32_t proposal_at = 0;
  std::uint32_t proposal_size = 0;
  std::uint32_t proposed_types = 0;  ///< bits: type_bit
  /// The query itself has an answer to it, so that silence is right: known, or a probe's own.
  bool has_answer = false;
};

/// A record of any section. `index` is no_index where the census does not have it: in a query,
/// where nobody has announced it; in a response, where there was no room or it is malformed.
struct SeenRecord {
  std::uint32_t index = no_index;
  std::uint32_t name = no_index;  ///< index of the owner
  std::uint32_t ttl = 0;          ///< seconds; zero where it has the top bit: RFC 2181 §8
  std::uint32_t offset = 0;       ///< in the packet
  wire::Type type{};
  wire::Section section{};
  bool cache_flush = false;
};

/// The bit of a type among those that a probe proposes.
constexpr std::uint32_t type_bit(wire::Type type) noexcept {
  return 1u << (static_cast<unsigned>(type) % 31);
}

struct SeenMessage {
  MessageRole role{};
  bool malformed = false;
  bool truncated = false;
  SenderId sender = no_index;
  std::vector<SeenQuestion> questions;
  std::vector<SeenRecord> records;  ///< by offset
  /// What the probes propose, so written that of two proposals the one that is greater, octet by
  /// octet, wins. RFC 6762 §8.2.1.
  std::string proposals;

  bool is_response() const noexcept { return role >= MessageRole::multicast_response; }
  /// Whether any question proposes records. RFC 6762 §8.1.
  bool probes() const noexcept {
    return std::any_of(questions.begin(), questions.end(),
                       [](const SeenQuestion& question) { return question.proposes; });
  }
  std::string_view proposal(const SeenQuestion& question) const noexcept {
    return std::string_view(proposals).substr(question.proposal_at, question.proposal_size);
  }
};

}  // namespace srvwarden::census
