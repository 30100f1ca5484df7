// Observation: a record as a link announces it, with its history; and who announces it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

#include "srvwarden/mdns_message.hpp"
#include "srvwarden/mdns_packet.hpp"

namespace srvwarden::census {

/// Index of no row.
constexpr std::uint32_t no_index = std::numeric_limits<std::uint32_t>::max();

/// One packet as evidence.
struct Sighting {
  std::uint64_t packet = 0;  ///< its number
  wire::Time time{};
  wire::Address source;
};

/// Who sends: an address on an interface.
struct Sender {
  wire::Address address;
  std::uint32_t interface = 0;
  std::optional<wire::Mac> mac;  ///< the first that was seen
  bool several_macs = false;     ///< others came later
  std::uint64_t packets = 0;
  std::uint64_t responses = 0;
  wire::Time first{};
  wire::Time last{};
};

/// Index of a sender in the census that has it.
using SenderId = std::uint32_t;

/// What all records of a name, type and class on one interface share. RFC 2181 §5.
struct RecordSet {
  std::uint32_t name = no_index;    ///< index of the owner in the census
  std::uint32_t newest = no_index;  ///< index of the last record that came to it
  std::uint32_t next = no_index;    ///< index of the owner's next set
  wire::Type type{};
  std::uint16_t class_number = 1;
  std::uint32_t interface = 0;
  std::uint32_t records = 0;  ///< with different data, ever
  /// When a record last came with the cache-flush bit. RFC 6762 §10.2.
  std::optional<wire::Time> flushed_at;
};

/// How often a record was multicast without a question for it, one after another. RFC 6762 §8.3.
struct Announcing {
  wire::Time last{};
  wire::Time::duration interval{};  ///< between the last two
  std::uint16_t times = 0;
  std::uint16_t equal_intervals = 0;  ///< in a row: is_same_interval
};

/// Whether two intervals of ten seconds or more are equal within a tenth. RFC 6762 §8.3.
bool is_same_interval(wire::Time::duration a, wire::Time::duration b) noexcept;

/// A record as announced on one interface. Views the octets that its census keeps.
class Observation {
 public:
  /// The owner as first spelt.
  wire::NameView owner() const noexcept { return owner_; }
  wire::Type type() const noexcept { return set_->type; }
  std::uint16_t class_number() const noexcept { return set_->class_number; }
  const RecordSet& set() const noexcept { return *set_; }
  /// With its names decompressed.
  std::string_view rdata() const noexcept { return rdata_; }
  /// The first name in the RDATA (PTR, SRV, CNAME, ...), else the root.
  wire::NameView target() const noexcept;
  std::optional<wire::SrvFields> srv() const noexcept;
  /// Of A and AAAA.
  wire::Address address() const noexcept;
  /// NSEC: whether it says that the owner has no record of a type. RFC 6762 §6.1.
  bool denies(wire::Type wanted) const noexcept;

  std::uint32_t interface() const noexcept { return set_->interface; }
  const Sighting& first() const noexcept { return first_; }
  const Sighting& last() const noexcept { return last_; }
  std::uint64_t count() const noexcept { return count_; }
  /// Who announced it, at most eight.
  std::span<const SenderId> senders() const noexcept {
    return std::span(senders_).first(sender_count_);
  }
  /// no_index where there was no room for it.
  SenderId last_sender() const noexcept { return last_sender_; }
  std::uint32_t ttl() const noexcept { return ttl_; }  ///< seconds, as last announced
  /// The largest TTL that it was ever announced with.
  std::uint32_t full_ttl() const noexcept { return full_ttl_; }
  bool said_goodbye() const noexcept { return ttl_ == 0; }
  /// When it last went to the group, if ever.
  std::optional<wire::Time> last_multicast() const noexcept { return last_multicast_; }
  const Announcing& announcing() const noexcept { return announcing_; }
  /// Replaced by other data of the same owner and type with the cache-flush bit, more than a second
  /// after it was last announced. RFC 6762 §10.2.
  bool was_flushed() const noexcept;
  /// Whether a cache would have it at `now`. RFC 6762 §10.
  bool is_live(wire::Time now) const noexcept;
  /// Index of the record of the same set that came before it.
  std::uint32_t older() const noexcept { return older_; }

 private:
  friend class Census;
  static constexpr std::size_t max_senders = 8;

  wire::NameView owner_;
  std::string_view rdata_;
  const RecordSet* set_ = nullptr;
  std::uint32_t set_index_ = 0;
  std::uint32_t older_ = 0;
  std::uint16_t target_at_ = 0;
  std::uint16_t target_size_ = 0;  ///< 0: no name
  std::uint32_t ttl_ = 0;
  std::uint32_t full_ttl_ = 0;
  std::uint64_t count_ = 0;
  Sighting first_;
  Sighting last_;
  std::optional<wire::Time> last_multicast_;
  Announcing announcing_;
  SenderId last_sender_ = no_index;
  std::array<SenderId, max_senders> senders_{};
  std::uint8_t sender_count_ = 0;
};

}  // namespace srvwarden::census
