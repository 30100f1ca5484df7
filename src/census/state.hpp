// What a census keeps: rows that refer to each other by index, each kind found by a hash.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "census/index_table.hpp"
#include "srvwarden/census.hpp"

namespace srvwarden::census {

/// Octets that stay where they are for as long as this lives.
class OctetStore {
 public:
  std::string_view keep(std::string_view octets);
  std::size_t size() const noexcept { return size_; }  ///< octets kept

 private:
  static constexpr std::size_t block_size = 65536;
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t left_ = 0;
  std::size_t size_ = 0;
};

struct Name {
  wire::NameView octets;
  std::uint32_t sets = no_index;       ///< the newest
  std::uint32_t questions = no_index;  ///< the newest
  std::uint32_t probings = no_index;   ///< index in State::probings
  std::optional<wire::Time> owned_since;
};

/// Who probes for a name: the four that did so last.
struct Probings {
  std::array<Probing, 4> rows{};
  std::size_t count = 0;
};

/// What all records of a response share.
struct ResponseFacts {
  bool is_answer = false;
  bool has_news = false;  ///< unless it is an answer; so the next
  bool follows_probes = false;
};

struct Census::State {
  explicit State(Limits l) : limits(l) {}

  std::uint32_t find_name(wire::NameView name) const;
  std::uint32_t name_row(wire::NameView name);
  std::uint32_t find_sender(const wire::Address& address, std::uint32_t interface) const;
  std::uint32_t sender_row(const wire::Packet& packet);
  void add_sender(const Sender& sender);
  std::uint32_t find_set(std::uint32_t name, wire::Type type, std::uint16_t class_number,
                         std::uint32_t interface) const;
  std::uint32_t set_row(std::uint32_t name, wire::Type type, std::uint16_t class_number,
                        std::uint32_t interface);
  std::uint32_t find_record(std::uint32_t set, const wire::Record& record) const;
  std::uint32_t record_row(std::uint32_t name, const wire::Record& record, std::uint32_t interface);
  /// A record that a set does not have yet, with the RDATA decompressed.
  Observation& add_record(std::uint32_t set, std::string_view rdata);
  std::uint32_t find_question(std::uint32_t name, wire::Type type, std::uint32_t interface) const;
  std::uint32_t question_row(std::uint32_t name, wire::Type type, std::uint32_t interface);
  std::uint32_t find_asking(std::uint32_t question, SenderId sender) const;
  std::uint32_t asking_row(std::uint32_t question, SenderId sender);

  void count_sender(const wire::Packet& packet, const SeenMessage& seen);
  void count_question(const wire::Packet& packet, const SeenMessage& seen,
                      const SeenQuestion& question);
  void count_probe(wire::Time time, const SeenMessage& seen, const SeenQuestion& question);
  void count_listing(const wire::Packet& packet, const SeenRecord& record);
  void count_record(const wire::Packet& packet, const SeenMessage& seen, const SeenRecord& record,
                    const ResponseFacts& facts);
  void count_in_set(const wire::Packet& packet, const SeenMessage& seen, const SeenRecord& record,
                    const ResponseFacts& facts);
  void count_change(wire::Time time, SenderId sender, RecordSet& set, std::uint32_t index);
  void count_conflict(wire::Time time, const SeenMessage& seen, const SeenRecord& record);
  void announce(Observation& record, const wire::Packet& packet, const SeenMessage& seen,
                const SeenRecord& entry, const ResponseFacts& facts);
  void count_probes(wire::Time time, SenderId sender, std::uint32_t name);
  const Probing* probing_of(std::uint32_t name, SenderId sender, wire::Time time) const;
  bool may_be_one_host(SenderId a, SenderId b) const;

  Limits limits;
  Counts counts;
  std::optional<wire::Time> first;
  wire::Time now{};
  std::optional<wire::Time> last_query;
  std::map<std::uint32_t, std::string> interfaces;
  std::uint32_t last_interface = 0;

  Hasher hash;
  OctetStore octets;
  mutable std::string scratch;  ///< RDATA at hand, decompressed
  SeenMessage told;             ///< packets that come without

  std::deque<Name> names;
  std::deque<Sender> senders;
  std::deque<RecordSet> sets;
  std::deque<Observation> records;
  std::deque<Question> questions;
  std::deque<Asking> askings;
  std::deque<Probings> probings;
  IndexTable name_index;
  IndexTable sender_index;
  IndexTable set_index;
  IndexTable record_index;
  IndexTable question_index;
  IndexTable asking_index;
};

}  // namespace srvwarden::census
