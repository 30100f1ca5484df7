// PacketLog: packets kept to be told again, in bounded memory.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <vector>

#include "srvwarden/mdns_packet.hpp"

namespace srvwarden::rules::story {

class PacketLog {
 public:
  /// @param octets  that may be kept, with what each packet costs beside its payload.
  explicit PacketLog(std::size_t octets = std::size_t{256} << 20) : limit_(octets) {}

  /// Copies a packet, or counts it as dropped where there is no room.
  void add(const wire::Packet& packet);

  /// In the order of time. They view this, and are never moved by `add`.
  std::vector<const wire::Packet*> by_time() const;
  std::uint64_t dropped() const noexcept { return dropped_; }

 private:
  std::size_t limit_;
  std::size_t used_ = 0;
  std::uint64_t dropped_ = 0;
  std::deque<std::vector<std::uint8_t>> payloads_;
  std::deque<wire::Packet> packets_;
  std::set<std::string, std::less<>> interfaces_;
};

}  // namespace srvwarden::rules::story
