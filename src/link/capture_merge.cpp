// Merging by a heap of the captures' next packets.
// SPDX-License-Identifier: Apache-2.0
#include "link/capture_merge.hpp"

#include <utility>

namespace srvwarden::link {

void CaptureMerge::add(Capture capture) { captures_.push_back(std::move(capture)); }

void CaptureMerge::advance(std::size_t index) {
  if (const auto packet = captures_[index].next()) waiting_.push({*packet, index});
}

std::optional<CaptureMerge::Next> CaptureMerge::next() {
  if (!started_) {
    for (std::size_t i = 0; i < captures_.size(); ++i) advance(i);
    started_ = true;
  }
  if (given_) advance(*std::exchange(given_, std::nullopt));
  if (waiting_.empty()) return std::nullopt;
  const Next next = waiting_.top();
  waiting_.pop();
  given_ = next.capture;
  return next;
}

}  // namespace srvwarden::link
