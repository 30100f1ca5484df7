// HeardQuestions: what others on a link have just asked, so that it is not asked twice. No clock.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "srvwarden/mdns_message.hpp"
#include "srvwarden/mdns_packet.hpp"

namespace srvwarden::link {

/// A question of another host whose answer all will hear stands for ours, unless it names answers
/// that it has already and that we may lack. RFC 6762 §7.3.
class HeardQuestions {
 public:
  using Duration = std::chrono::milliseconds;  ///< since any start
  /// How long it stands for ours: the least time between two askings. RFC 6762 §5.2.
  static constexpr Duration standing{1000};
  static constexpr std::size_t limit = 10'000;  ///< others are not kept

  /// Takes in another host's packet.
  void add(const wire::Packet& packet, const wire::Message& message, Duration now);
  bool stands(std::uint32_t interface, wire::NameView name, wire::Type type, Duration now) const;

 private:
  using Key = std::tuple<std::uint32_t, std::string, wire::Type>;  ///< interface, folded name

  std::map<Key, Duration> heard_;
};

}  // namespace srvwarden::link
