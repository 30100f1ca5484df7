// Recognising packets.
// SPDX-License-Identifier: Apache-2.0
#include "rules/packet_memo.hpp"

#include <algorithm>

namespace srvwarden::rules {

namespace {

constexpr std::size_t filter_size = 1u << 16;

}  // namespace

PacketMemo::PacketMemo() : met_(filter_size) {}

bool PacketMemo::Row::is(const wire::Packet& packet, bool follows_truncated) const noexcept {
  return !packet.was_fragmented() && follows == follows_truncated &&
         interface == packet.interface && ttl == packet.ttl && source == packet.source &&
         destination == packet.destination &&
         std::ranges::equal(std::span(payload.get(), size), packet.payload);
}

const KnownPacket* PacketMemo::find(const wire::Packet& packet, bool follows) {
  const std::uint64_t way = hasher_(wire::as_text(packet.source.address.octets()),
                                    std::uint64_t{packet.interface} << 16 | packet.source.port);
  hash_ = hasher_(wire::as_text(packet.payload), way);
  const std::uint32_t index = index_.find(
      hash_, [&](std::uint32_t candidate) { return rows_[candidate].is(packet, follows); });
  return index == census::no_index ? nullptr : &rows_[index].known;
}

void PacketMemo::clear() {
  rows_.clear();
  index_ = {};
  octets_ = 0;
}

void PacketMemo::keep(const wire::Packet& packet, bool follows, const KnownPacket& known) {
  if (packet.was_fragmented()) return;  // rare, and rules look at how
  const auto mark = static_cast<std::uint32_t>(hash_ >> 32);
  std::uint32_t& met = met_[static_cast<std::size_t>(hash_ % filter_size)];
  if (std::exchange(met, mark) != mark) return;
  const std::size_t size = packet.payload.size();
  if (rows_.size() >= max_packets || size > max_octets - octets_) {
    clear();
  }
  Row& row = rows_.emplace_back();
  row.known = known;
  row.payload = std::make_unique_for_overwrite<std::uint8_t[]>(size);
  std::ranges::copy(packet.payload, row.payload.get());
  row.size = size;
  row.source = packet.source;
  row.destination = packet.destination;
  row.interface = packet.interface;
  row.ttl = packet.ttl;
  row.follows = follows;
  octets_ += size;
  index_.insert(hash_, static_cast<std::uint32_t>(rows_.size() - 1));
}

}  // namespace srvwarden::rules
