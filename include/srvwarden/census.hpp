// Census: who announces what, from packets alone. No clock, no socket; bounded memory.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "srvwarden/mdns_message.hpp"
#include "srvwarden/mdns_packet.hpp"

namespace srvwarden::census {

/// One packet as evidence.
struct Sighting {
  std::uint64_t packet = 0;  ///< its number
  wire::Time time{};
  wire::Address source;
};

/// A record as announced on one interface. Owns its octets.
class Observation {
 public:
  /// The owner as first spelt.
  wire::NameView owner() const noexcept { return wire::NameView(owner_); }
  wire::Type type() const noexcept { return type_; }
  std::uint16_t class_number() const noexcept { return class_number_; }
  /// With its names decompressed.
  std::string_view rdata() const noexcept { return rdata_; }
  /// The first name in the RDATA (PTR, SRV, CNAME, ...), else the root.
  wire::NameView target() const noexcept;
  std::optional<wire::SrvFields> srv() const noexcept;
  /// NSEC: whether it says that the owner has no record of a type. RFC 6762 §6.1.
  bool denies(wire::Type wanted) const noexcept;

  std::uint32_t interface() const noexcept { return interface_; }
  const Sighting& first() const noexcept { return first_; }
  const Sighting& last() const noexcept { return last_; }
  std::uint64_t count() const noexcept { return count_; }
  /// Who announced it, at most eight.
  const std::vector<wire::Address>& sources() const noexcept { return sources_; }
  std::uint32_t ttl() const noexcept { return ttl_; }  ///< seconds, as last announced
  bool said_goodbye() const noexcept { return ttl_ == 0; }
  /// Replaced by other data of the same owner and type with the cache-flush bit.
  bool was_flushed() const noexcept { return flushed_; }
  /// Whether a cache would have it at `now`. RFC 6762 §10.
  bool is_live(wire::Time now) const noexcept;

 private:
  friend class Census;

  std::string owner_;
  std::string rdata_;
  wire::Type type_{};
  std::uint16_t class_number_ = 1;
  std::uint16_t target_at_ = 0;
  std::uint16_t target_size_ = 0;  ///< 0: no name
  std::uint32_t interface_ = 0;
  std::uint32_t ttl_ = 0;
  bool flushed_ = false;
  std::uint64_t count_ = 0;
  Sighting first_;
  Sighting last_;
  std::vector<wire::Address> sources_;
};

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
};

/// What the census may keep. The octets are those of names and RDATA.
struct Limits {
  std::size_t records = 1'000'000;
  std::size_t octets = 256u << 20;
  std::size_t questions = 100'000;
};

class Census {
 public:
  explicit Census(Limits limits = {});

  /// Takes one packet in. Known answers and probes are other hosts' hopes: only responses count.
  void add(const wire::Packet& packet, const wire::Message& message);

  const Counts& counts() const noexcept { return counts_; }
  /// Every record ever announced, in the order of the first sighting. Never moved.
  const std::deque<Observation>& records() const noexcept { return records_; }
  /// The time of the last packet.
  wire::Time now() const noexcept { return now_; }
  /// The name of an interface by index; empty if not known.
  std::string_view interface_name(std::uint32_t index) const noexcept;

  std::vector<const Observation*> find(wire::NameView owner, wire::Type type) const;
  /// How often a question without a known answer was seen, and when last.
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
  void add_question(wire::Time time, const wire::Message& message, const wire::Question& question);
  void add_record(const wire::Packet& packet, const wire::Record& record);
  bool is_same(const Observation& seen, const wire::Record& record,
               std::uint32_t interface) const noexcept;
  Observation* find_same(const wire::Record& record, std::uint32_t interface, std::size_t hash);
  Observation* insert(const wire::Record& record, std::uint32_t interface, std::size_t hash);
  void flush_others(const Observation& fresh);

  Limits limits_;
  Counts counts_;
  wire::Time now_{};
  std::size_t octets_ = 0;
  std::string scratch_;  ///< RDATA at hand, decompressed
  std::deque<Observation> records_;
  std::unordered_multimap<std::size_t, std::uint32_t> by_data_;   ///< hash of the whole -> index
  std::unordered_multimap<std::size_t, std::uint32_t> by_owner_;  ///< hash of owner and type
  struct AskedRow {
    std::string name;
    wire::Type type{};
    Asked asked;
  };
  std::unordered_multimap<std::size_t, AskedRow> questions_;
  std::map<std::uint32_t, std::string> interfaces_;
};

}  // namespace srvwarden::census
