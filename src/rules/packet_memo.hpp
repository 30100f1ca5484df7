// PacketMemo: what came of packets that were met before, so that repeats cost a comparison only.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "census/index_table.hpp"
#include "rules/audit_findings.hpp"
#include "srvwarden/mdns_packet.hpp"
#include "srvwarden/seen_message.hpp"

namespace srvwarden::rules {

/// What decoding and the rules of single packets give, which is the same for the same packet.
struct KnownPacket {
  census::SeenMessage seen;
  std::vector<AuditFindings::Place> findings;
};

/// Links repeat themselves: announcements and answers come again, octet by octet. Holds what came
/// twice, until it is full; then it starts anew. A packet is the same if its payload, its way and
/// its IP TTL are, compared and not only hashed; fragments are not looked at.
class PacketMemo {
 public:
  static constexpr std::size_t max_packets = 16384;
  static constexpr std::size_t max_octets = 8u << 20;

  PacketMemo();

  /// What came of the packet before, or null. `follows` is part of the packet: see WireMessage.
  const KnownPacket* find(const wire::Packet& packet, bool follows);
  /// The packet that find was last asked for came of this. Kept if it was met before.
  void keep(const wire::Packet& packet, bool follows, const KnownPacket& known);
  void clear();

 private:
  struct Row {
    KnownPacket known;
    std::unique_ptr<std::uint8_t[]> payload;
    std::size_t size = 0;
    wire::Endpoint source;
    wire::Endpoint destination;
    std::uint32_t interface = 0;
    std::optional<std::uint8_t> ttl;
    bool follows = false;

    bool is(const wire::Packet& packet, bool follows_truncated) const noexcept;
  };

  census::Hasher hasher_;
  std::uint64_t hash_ = 0;          ///< of the packet at hand
  std::vector<std::uint32_t> met_;  ///< parts of hashes, by others: a filter
  std::deque<Row> rows_;
  census::IndexTable index_;
  std::size_t octets_ = 0;
};

}  // namespace srvwarden::rules
