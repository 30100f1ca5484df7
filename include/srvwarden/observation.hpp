// Observation: a record as a link announces it, with its history; and who announces it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
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

/// Index of a sender in the census that has it.
using SenderId = std::uint32_t;

/// Things that a sender did wrong by the looks of it, which a packet that we missed would explain,
/// too: the second of them, a second or more after the first, is none of chance.
struct Suspicion {
  std::uint32_t times = 0;
  wire::Time last{};

  void add(wire::Time time) noexcept;
};

/// Conflicts that a sender met when it probed. RFC 6762 §8.1.
struct Conflicts {
  std::uint32_t times = 0;  ///< within ten seconds
  wire::Time since{};
  wire::Time last{};
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
  std::optional<wire::Time> last_query;
  std::optional<wire::Time> last_probe;
  std::uint32_t query_size = 0;      ///< octets of the last query
  bool awaits_continuation = false;  ///< the last query had TC. RFC 6762 §7.2
  Suspicion lone_truncations;        ///< nothing followed
  Suspicion short_probings;          ///< of fewer than three probes
  Conflicts conflicts;
};

/// Whether two senders are one host, or may be: by their MAC where it is known, else a host has
/// an address of each family.
bool may_be_one_host(const Sender& a, const Sender& b) noexcept;

/// How the data of a unique record changed, one record after another. Of SRV, TXT and HINFO alone:
/// a host with several interfaces on a link has several addresses.
struct Changes {
  wire::Time since{};
  wire::Time last{};
  std::uint32_t times = 0;
};

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
  SenderId flusher = no_index;  ///< who sent that
  bool flushed_by_answer = false;
  std::uint32_t current = no_index;  ///< index of the record that came then
  std::uint64_t packet = 0;          ///< number of the last packet with a record of the set
  std::uint32_t in_packet = 0;       ///< records of the set in that
  std::uint32_t together = 0;        ///< most of them in a packet
  Changes updates;                   ///< within a minute, by one host. RFC 6762 §8.4
  Changes contests;                  ///< by different hosts in turn. RFC 6762 §9
};

/// What is announced this long after probes belongs to them: three probes, a lost tie-break.
constexpr auto after_probing = std::chrono::seconds(3);

/// How often a record was multicast without a question for it, one after another, by who began.
/// RFC 6762 §8.3.
struct Announcing {
  wire::Time first{};  ///< of the series
  wire::Time last{};
  wire::Time::duration interval{};  ///< between the last two
  SenderId sender = no_index;
  std::uint16_t times = 0;            ///< in the series
  std::uint16_t equal_intervals = 0;  ///< in a row: is_same_interval
  std::uint16_t short_intervals = 0;  ///< in a row: that did not double
  bool has_short_interval = false;    ///< any that did not double
  bool after_probes = false;          ///< probes were seen: this is the start of a series
  bool without_probes = false;        ///< a name that was new, and that nobody had probed for
  /// Repeated beside another record's change, as Avahi repeats its address beside each new service:
  /// its times tell nothing.
  bool is_beside = false;
  wire::Time::duration second_after{};  ///< after the first one; zero: there was no second

  /// Whether it began after probes, so lately that those are its own.
  bool is_after_probes(wire::Time time) const noexcept {
    return after_probes && time - first < after_probing;
  }
};

/// Announcements further apart than this are two series: the eighth follows the seventh after 64 s.
constexpr auto longest_announcing = std::chrono::seconds(150);

/// Whether an interval doubles the one before it, give or take a tenth: what the sender measured
/// comes to us with the delays of the link. RFC 6762 §5.2 and §8.3.
constexpr bool doubles(wire::Time::duration interval, wire::Time::duration before) noexcept {
  return interval * 10 >= before * 18;
}

/// When a record was last multicast over IPv4, or IPv6, and by whom.
struct Multicast {
  wire::Time time{};
  SenderId sender = no_index;  ///< no_index: never, or unknown
};

/// When a query listed a record as known, with at least half of its TTL. RFC 6762 §7.1.
struct Listing {
  wire::Time last{};
  /// When the question was last asked without it.
  wire::Time asked_before{};
  bool is_listed = false;
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
  /// When it was first announced, or first again after a goodbye.
  wire::Time begun() const noexcept { return begun_; }
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
  const Multicast& multicast_over(bool ipv6) const noexcept { return multicasts_[ipv6 ? 1 : 0]; }
  const Listing& listing() const noexcept { return listing_; }
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
  wire::Time begun_{};
  std::optional<wire::Time> last_multicast_;
  std::array<Multicast, 2> multicasts_;
  Listing listing_;
  Announcing announcing_;
  SenderId last_sender_ = no_index;
  std::array<SenderId, max_senders> senders_{};
  std::uint8_t sender_count_ = 0;
};

}  // namespace srvwarden::census
