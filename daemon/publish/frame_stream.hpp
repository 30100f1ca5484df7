// FrameStream: whole frames to and from the other end of a socketpair.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "publish/frames.hpp"

namespace srvwarden::daemon {

/// Reads and writes until the other end is gone or sends what is no frame. Make it shared: its
/// handlers keep it alive until close().
class FrameStream : public std::enable_shared_from_this<FrameStream> {
 public:
  /// Octets that may wait for the other end to read. It has hung when there are more: the stream
  /// ends. 10,000 services are some 3 MiB.
  static constexpr std::size_t max_unsent = std::size_t{64} << 20;

  /// Returns whether the body was understood; if not, the stream ends.
  using BodyHandler = std::function<bool(const std::string& body)>;
  using EndHandler = std::function<void()>;

  /// @param fd  a connected stream socket, owned from now on.
  FrameStream(boost::asio::io_context& context, int fd);

  /// on_end is called once, never from within start() or send(), and not after close().
  void start(BodyHandler on_body, EndHandler on_end);
  void send(std::string frame);
  /// Whether all that was sent is with the kernel.
  bool is_flushed() const noexcept { return unsent_.empty(); }
  void close();

 private:
  void read();
  void write();
  void end();

  boost::asio::local::stream_protocol::socket socket_;
  BodyHandler on_body_;
  EndHandler on_end_;
  FrameCutter cutter_;
  std::array<char, 16384> buffer_{};
  std::deque<std::string> unsent_;
  std::size_t unsent_octets_ = 0;
};

}  // namespace srvwarden::daemon
