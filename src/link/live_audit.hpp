// LiveAudit: listens to a link for some time, asking or not, in an event loop of its own.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "link/link_error.hpp"
#include "link/listener.hpp"
#include "srvwarden/census.hpp"
#include "srvwarden/mdns_packet.hpp"

namespace srvwarden::link {

struct LiveAuditOptions {
  std::vector<std::string> interfaces = {};  ///< names; empty: all but the loopback
  std::chrono::milliseconds time{10'000};    ///< 0: until it is stopped
  bool ask = true;                           ///< false: nothing is ever sent
  std::function<bool()> on_tick = {};        ///< ten times a second; false: stop
};

struct HeardInterface {
  std::string name;
  std::uint64_t packets = 0;
  std::uint64_t dropped = 0;  ///< by the kernel
};

class LiveAudit {
 public:
  /// Returns when the time is over, on SIGINT or SIGTERM, or when on_tick says so.
  ///
  /// @param census     fed by on_packet: says what is still to be asked.
  /// @param on_packet  the packet's views live during the call.
  /// @param on_error   what fails while something else works.
  /// @return           the reason if nothing could be listened to; else the code is 0.
  LinkError run(const LiveAuditOptions& options, const census::Census& census,
                std::function<void(const wire::Packet&)> on_packet,
                std::function<void(const LinkError&)> on_error);

  /// Those that were listened to, of which some may have come later or gone.
  const std::vector<HeardInterface>& heard() const noexcept { return heard_; }

 private:
  void count(const Listened& heard);

  std::vector<HeardInterface> heard_;
};

}  // namespace srvwarden::link
