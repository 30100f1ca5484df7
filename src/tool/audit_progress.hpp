// How far the reading of captures has come, on a terminal.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace srvwarden::tool {

/// One line on standard error, where that is a terminal, of what takes longer than a moment. It is
/// gone when this ends.
class CaptureProgress {
 public:
  explicit CaptureProgress(const std::vector<std::string>& paths);
  ~CaptureProgress();
  CaptureProgress(const CaptureProgress&) = delete;
  CaptureProgress& operator=(const CaptureProgress&) = delete;

  /// Whether to draw now: cheap enough to be asked for each packet.
  bool is_due() {
    constexpr std::uint32_t packets_a_look = 4096;
    return is_wanted_ && ++asked_ % packets_a_look == 0 && Clock::now() >= next_;
  }
  void draw(std::uint64_t octets, std::uint64_t packets);

 private:
  using Clock = std::chrono::steady_clock;

  bool is_wanted_ = false;
  bool is_drawn_ = false;
  std::uint64_t total_ = 0;  ///< octets of all; 0: not known
  std::uint32_t asked_ = 0;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_;
};

}  // namespace srvwarden::tool
