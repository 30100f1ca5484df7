// Keeping packets.
// SPDX-License-Identifier: Apache-2.0
#include "rules/story/packet_log.hpp"

#include <algorithm>

namespace srvwarden::rules::story {

void PacketLog::add(const wire::Packet& packet) {
  const std::size_t cost = packet.payload.size() + sizeof packet + sizeof(payloads_.front());
  if (cost > limit_ - used_) {
    ++dropped_;
    return;
  }
  used_ += cost;
  const auto& payload = payloads_.emplace_back(packet.payload.begin(), packet.payload.end());
  wire::Packet& kept = packets_.emplace_back(packet);
  kept.payload = payload;
  auto name = interfaces_.find(packet.interface_name);
  if (name == interfaces_.end()) name = interfaces_.emplace(packet.interface_name).first;
  kept.interface_name = *name;
}

std::vector<const wire::Packet*> PacketLog::by_time() const {
  std::vector<const wire::Packet*> packets;
  packets.reserve(packets_.size());
  for (const wire::Packet& packet : packets_) packets.push_back(&packet);
  std::ranges::stable_sort(packets, {}, &wire::Packet::time);
  return packets;
}

}  // namespace srvwarden::rules::story
