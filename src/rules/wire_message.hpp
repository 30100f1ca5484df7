// WireMessage: what the wire rules judge, a packet with what each record of it is.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "rules/rule.hpp"
#include "srvwarden/mdns_message.hpp"
#include "srvwarden/mdns_packet.hpp"
#include "srvwarden/name_shape.hpp"
#include "srvwarden/seen_message.hpp"

namespace srvwarden::rules {

using census::MessageRole;

/// What a record is for the rules of flags and TTL.
enum class RecordKind : std::uint8_t {
  service_pointer,  ///< PTR of DNS-SD: shared
  reverse_pointer,  ///< PTR of an address
  service,          ///< SRV, TXT: unique
  address,          ///< A, AAAA, HINFO
  nsec,
  opt,
  other,
};

struct RecordFacts {
  RecordKind kind = RecordKind::other;
  std::uint32_t set = 0;     ///< index of the first record with its owner, type and class
  bool mixed_flush = false;  ///< the set has it with and without the cache-flush bit
  bool mixed_ttl = false;    ///< the set has several TTLs, goodbyes aside
  bool is_ascii = true;      ///< owner and target
};

/// A whole PTR record of DNS-SD.
struct PointerFacts {
  std::uint32_t record = 0;  ///< its index
  NameShape owner;
  NameShape target;
};

/// A view of a packet, its message and the facts, for the time of the rules.
struct WireMessage {
  const wire::Packet& packet;
  const wire::Message& message;
  MessageRole role;
  bool follows_truncated;              ///< this sender's last query had TC: RFC 6762 §7.2
  std::span<const RecordFacts> facts;  ///< of message.records, by index
  std::span<const PointerFacts> pointers;

  bool is_response() const noexcept { return message.header.is_response(); }
  bool is_legacy_response() const noexcept { return role == MessageRole::legacy_response; }
  /// By multicast, or by unicast to a querier that knows mDNS.
  bool is_mdns_response() const noexcept { return is_response() && !is_legacy_response(); }
};

/// Looks at messages one after another in storage that is used again.
class MessageLooker {
 public:
  /// The result views packet, message and this: valid until the next look.
  WireMessage look(const wire::Packet& packet, const wire::Message& message,
                   bool follows_truncated = false);

 private:
  struct Key {
    std::size_t hash;
    std::uint32_t index;
  };
  void find_sets(const wire::Message& message);
  void find_pointers(const wire::Message& message);

  std::vector<RecordFacts> facts_;
  std::vector<PointerFacts> pointers_;
  std::vector<Key> keys_;
};

/// Whether a name is in a domain of multicast DNS: .local or link-local reverse. RFC 6762 §3, §4.
bool is_multicast_name(wire::NameView name) noexcept;

/// Places in the payload.
constexpr Span id_place{0, 2};
constexpr Span flags_place{2, 2};
constexpr Span question_count_place{4, 2};
Span owner_place(const wire::Record& record) noexcept;
Span type_place(const wire::Record& record) noexcept;
Span class_place(const wire::Record& record) noexcept;
Span ttl_place(const wire::Record& record) noexcept;
Span rdata_place(const wire::Record& record) noexcept;
Span question_place(const wire::Question& question) noexcept;  ///< a place only

/// The rows, by what they look at.
Table<WireMessage> wire_header_rules();
Table<WireMessage> wire_size_rules();
Table<WireMessage> wire_fault_rules();
Table<WireMessage> wire_flag_rules();
Table<WireMessage> wire_record_rules();
Table<WireMessage> wire_pointer_rules();
/// What is right and could be shorter: of the auditor alone, run_wire_rules leaves them out.
Table<WireMessage> wire_economy_rules();

/// Runs all of them.
void run_wire_rules(const WireMessage& message, const Policy& policy, const SourceMap& map,
                    Findings& out);

}  // namespace srvwarden::rules
