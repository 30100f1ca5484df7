// Frames: what the daemon and its responder child say to each other, as octets.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "publish/publisher.hpp"

namespace srvwarden::daemon {

struct PublishCommand {
  Announcement announcement;
  friend bool operator==(const PublishCommand&, const PublishCommand&) = default;
};
struct WithdrawCommand {
  std::string key;
  friend bool operator==(const WithdrawCommand&, const WithdrawCommand&) = default;
};
struct StopCommand {
  friend bool operator==(const StopCommand&, const StopCommand&) = default;
};
using Command = std::variant<PublishCommand, WithdrawCommand, StopCommand>;

/// Octets of a frame's body that either side accepts.
inline constexpr std::size_t max_frame_size = std::size_t{1} << 20;

/// A frame: the size of its body (four octets, high first), then the body.
std::string to_frame(const Command& command);
std::string to_frame(const Event& event);

/// Reads a body. Nothing where it is not exactly one command or event.
std::optional<Command> read_command(std::string_view body);
std::optional<Event> read_event(std::string_view body);

/// Cuts a stream of octets into bodies.
class FrameCutter {
 public:
  void add(std::string_view octets) { octets_.append(octets); }
  /// The next whole body; nothing until more octets come, or once the stream is broken.
  std::optional<std::string> next();
  /// A frame was larger than max_frame_size: nothing after it can be trusted.
  bool broken() const noexcept { return broken_; }

 private:
  std::string octets_;
  bool broken_ = false;
};

}  // namespace srvwarden::daemon
