// CaptureMerge: several captures as one stream of packets in the order of their time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "link/capture.hpp"

namespace srvwarden::link {

/// Keeps one packet of each capture in mind, so that size does not matter. A capture that is not
/// in order itself is read in its own order.
class CaptureMerge {
 public:
  struct Next {
    wire::Packet packet;
    std::size_t capture;  ///< by the order of their adding, from 0
  };

  void add(Capture capture);

  /// The next packet, of the capture that was added first where times are the same. Valid until
  /// the next call.
  std::optional<Next> next();

  const Capture& capture(std::size_t index) const noexcept { return captures_[index]; }

 private:
  struct Later {
    bool operator()(const Next& a, const Next& b) const noexcept {
      return std::pair(a.packet.time, a.capture) > std::pair(b.packet.time, b.capture);
    }
  };

  void advance(std::size_t index);

  std::vector<Capture> captures_;
  std::optional<std::size_t> given_;  ///< the capture of the packet given last
  bool started_ = false;
  std::priority_queue<Next, std::vector<Next>, Later> waiting_;
};

}  // namespace srvwarden::link
