// Census: who announces what, from packets alone. No clock, no socket; bounded memory.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "srvwarden/mdns_message.hpp"
#include "srvwarden/mdns_packet.hpp"
#include "srvwarden/observation.hpp"
#include "srvwarden/seen_message.hpp"

namespace srvwarden::census {

/// A service instance, put together from its records. Points into the census.
struct Instance {
  std::string name;  ///< wire format, as first spelt: <Instance>.<Service>.<Domain>
  std::vector<const Observation*> pointers;   ///< PTR records of its type
  std::vector<const Observation*> subtypes;   ///< PTR records of subtypes
  std::vector<const Observation*> services;   ///< SRV
  std::vector<const Observation*> texts;      ///< TXT
  std::vector<const Observation*> addresses;  ///< A and AAAA of the SRV targets
  std::vector<const Observation*> denials;    ///< NSEC of the name and of the targets
};

/// Packets and records that came in, and what had to be dropped.
struct Counts {
  std::uint64_t packets = 0;
  std::uint64_t queries = 0;
  std::uint64_t responses = 0;
  std::uint64_t malformed = 0;          ///< packets with a fault
  std::uint64_t records = 0;            ///< of responses, every sighting
  std::uint64_t records_dropped = 0;    ///< sightings of new records when there was no room
  std::uint64_t questions_dropped = 0;  ///< the same for questions
  std::uint64_t records_forgotten = 0;  ///< long expired, to make room
};

/// What the census may keep. The octets are those of names and RDATA.
struct Limits {
  std::size_t records = 1'000'000;
  std::size_t octets = 256u << 20;
  std::size_t questions = 100'000;  ///< by name, type and interface; and by who asks them
  std::size_t senders = 100'000;
};

/// A series of probes for a name by one sender: queries that propose records. RFC 6762 §8.1.
struct Probing {
  SenderId sender = 0;
  wire::Time first{};
  wire::Time last{};
  wire::Time::duration shortest{};  ///< between two of them
  wire::Time::duration longest{};
  std::uint32_t times = 0;
  std::uint32_t types = 0;  ///< proposed: bits of type_bit
  bool by_unicast = false;  ///< any asked for that
  bool has_varied = false;  ///< not all proposed the same types
  bool had_conflict = false;
  std::string proposal;  ///< the last one, cut at max_proposal: see SeenMessage::proposals

  static constexpr std::size_t max_proposal = 256;  ///< octets
};

/// A question on one interface, whoever asked it, however often.
struct Question {
  std::uint32_t name = 0;  ///< index of the name
  std::uint32_t next = 0;  ///< index of the next question about the name
  wire::Type type{};
  std::uint32_t interface = 0;
  std::uint32_t times = 0;   ///< without a known answer; within half a second: once
  wire::Time last{};         ///< of those
  wire::Time last_any{};     ///< of all
  wire::Time before_last{};  ///< of those before the last, which may have come by both families
  /// The last four times without a known answer that wanted an answer by multicast.
  std::array<wire::Time, 4> in_public{};
  SenderId asker = no_index;    ///< who asked last
  std::uint64_t packet = 0;     ///< number of the last
  bool wanted_unicast = false;  ///< the last one
  bool had_answers = false;     ///< the last one listed a known answer
};

/// What one sender asked, a series. RFC 6762 §5.2.
struct Asking {
  std::uint32_t question = 0;  ///< index of the question
  SenderId sender = 0;
  wire::Time last{};
  wire::Time::duration interval{};         ///< between the last two
  std::optional<wire::Time> last_unicast;  ///< when it asked for, or by, unicast
  std::uint32_t times = 0;
  bool wanted_unicast = false;  ///< the last one
  bool had_answers = false;     ///< the same
  bool truncated = false;       ///< the last one had TC
};

class Census {
 public:
  explicit Census(Limits limits = {});
  ~Census();
  Census(Census&&) noexcept;
  Census& operator=(Census&&) noexcept;

  /// Takes one packet in. Known answers and probes are other hosts' hopes: only responses count.
  void add(const wire::Packet& packet, const wire::Message& message);
  /// The same in two steps, between which all is as it was before the packet. `look` finds room for
  /// what is new, and tells the packet in this census' terms; `count` counts it. A packet with the
  /// same payload, from the same sender to the same destination on the same interface, is told
  /// alike.
  void look(const wire::Packet& packet, const wire::Message& message, SeenMessage& seen);
  /// @param is_answer  what is_answer said of a multicast response; of others nothing matters.
  void count(const wire::Packet& packet, const SeenMessage& seen, bool is_answer);

  /// Whether there is no room for something new.
  bool is_crowded() const noexcept;
  /// Makes room: forgets records that have expired and were not seen for two minutes, and all that
  /// only they needed. Every index and pointer that was taken from this census is void then, and so
  /// is every SeenMessage.
  void forget_expired();

  const Counts& counts() const noexcept;
  /// Every record ever announced, in the order of the first sighting. Never moved. A record that
  /// only `look` has met has a count of zero.
  const std::deque<Observation>& records() const noexcept;
  const std::deque<Sender>& senders() const noexcept;
  const std::deque<RecordSet>& sets() const noexcept;
  const std::deque<Question>& questions() const noexcept;
  const std::deque<Asking>& askings() const noexcept;
  /// The time of the first and of the last packet.
  wire::Time first() const noexcept;
  wire::Time now() const noexcept;
  /// The name of an interface by index; empty if not known.
  std::string_view interface_name(std::uint32_t index) const noexcept;

  /// A name by index, as first spelt; the index of a name, or no_index.
  wire::NameView name(std::uint32_t index) const noexcept;
  std::uint32_t index_of(wire::NameView name) const noexcept;
  /// Who probes for a name, at most four.
  std::span<const Probing> probings(std::uint32_t name) const noexcept;
  /// The set of a name, or null.
  const RecordSet* find_set(std::uint32_t name, wire::Type type, std::uint32_t interface,
                            std::uint16_t class_number = 1) const noexcept;
  /// A name's sets, on all interfaces, newest first.
  std::vector<const RecordSet*> sets_of(std::uint32_t name) const;
  /// The records of a set, oldest first.
  std::vector<const Observation*> records_of(const RecordSet& set) const;
  /// The question on an interface, or null.
  const Question* find_question(std::uint32_t name, wire::Type type,
                                std::uint32_t interface) const noexcept;
  /// What a sender asked, or null.
  const Asking* find_asking(std::uint32_t name, wire::Type type, std::uint32_t interface,
                            SenderId sender) const noexcept;
  /// no_index: nothing was sent from that address.
  SenderId find_sender(const wire::Address& address, std::uint32_t interface) const noexcept;
  /// Whether the two may be one host; so may those that are not known.
  bool may_be_one_host(SenderId a, SenderId b) const noexcept;
  /// When the last query came, if any.
  std::optional<wire::Time> last_query() const noexcept;
  /// When a name was first announced with a unique record, on any interface.
  std::optional<wire::Time> owned_since(std::uint32_t name) const noexcept;
  /// Whether a response has a record that is new, changed, comes back or says goodbye: what is
  /// announced with it begins a series. RFC 6762 §8.3, §8.4.
  bool has_news(const SeenMessage& seen) const noexcept;
  /// Whether a packet's sender probed in the three seconds before: it starts something, or anew
  /// after its link changed.
  bool follows_probes(const wire::Packet& packet, const SeenMessage& seen) const noexcept;
  /// Whether a record of a type was asked for on an interface, by its type or by ANY, or probed for
  /// by another host, so shortly before `time` that what is sent now is an answer: two seconds.
  /// RFC 6762 §6, §7.2.
  bool was_asked_for(std::uint32_t name, wire::Type type, std::uint32_t interface, wire::Time time,
                     SenderId answerer = no_index) const noexcept;
  /// Whether a response has an answer to a question of the two seconds before it.
  bool is_answer(const wire::Packet& packet, const SeenMessage& seen) const noexcept;

  /// All records of a name and type, on any interface, in the order of the first sighting.
  std::vector<const Observation*> find(wire::NameView owner, wire::Type type) const;
  /// How often a question without a known answer was seen on one interface, and when last.
  struct Asked {
    std::uint32_t times = 0;
    wire::Time last{};
  };
  Asked asked(wire::NameView name, wire::Type type) const;

  /// All instances that a PTR, SRV or TXT record names, by name.
  std::vector<Instance> instances() const;
  /// All names that own an A or AAAA record, by name.
  std::vector<std::string> hosts() const;

 private:
  struct State;
  class Rebuild;
  std::unique_ptr<State> state_;
};

}  // namespace srvwarden::census
