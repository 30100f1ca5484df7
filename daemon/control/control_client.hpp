// ControlClient: one connection to the control socket, bounded in octets and in time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "control/desk.hpp"

namespace srvwarden::daemon {

struct ControlTimes {
  std::chrono::milliseconds line{5'000};     ///< from a line's first octet to its line feed
  std::chrono::milliseconds unread{10'000};  ///< until a whole answer is taken
  std::chrono::milliseconds idle{60'000};  ///< between requests; watchers and advertisers may wait
  std::chrono::milliseconds updates{100};  ///< between two changes that watchers are told of
};

/// Reads one request at a time: none while an answer is unsent, so that what is held for a client
/// is one buffer of input, one answer and one change. Make it shared: its handlers keep it alive.
class ControlClient : public std::enable_shared_from_this<ControlClient> {
 public:
  using Socket = boost::asio::local::stream_protocol::socket;
  using EndHandler = std::function<void()>;

  /// The desk must outlive close() or the end.
  ControlClient(Socket socket, ControlDesk& desk, ControlDesk::Client who,
                const ControlTimes& times);

  /// on_end is called once, never from within start() or tell(), and not after close().
  void start(EndHandler on_end);
  /// Something changed. A watcher is told now, or once it has taken what it was told before.
  void tell();
  bool is_watching() const noexcept { return who_.watch_id.has_value(); }
  const ControlDesk::Client& who() const noexcept { return who_; }
  void close();

 private:
  enum class Waiting : std::uint8_t { nothing, line, unread, idle };

  void read();
  void on_read(boost::system::error_code error, std::size_t size);
  void proceed();
  bool take_line(std::string& line);
  void serve(const std::string& line);
  void tell_now();
  void write(Line line);
  void on_written(boost::system::error_code error);
  void wait();
  void wait_for(Waiting what, std::chrono::milliseconds time);
  void on_late();
  void end();

  Socket socket_;
  ControlDesk& desk_;
  ControlDesk::Client who_;
  const ControlTimes times_;
  boost::asio::steady_timer timer_;
  EndHandler on_end_;
  std::array<char, 4096> buffer_{};
  std::string input_;          ///< octets that are not served yet
  Line output_;                ///< that is being written
  SharedText told_;            ///< the last status that a watcher got
  std::uint64_t changes_ = 0;  ///< since a watcher was told
  Waiting waiting_ = Waiting::nothing;
  bool reading_ = false;
  bool writing_ = false;
  bool ended_ = false;    ///< the client sends no more
  bool closing_ = false;  ///< the answer that is being written is the last
};

}  // namespace srvwarden::daemon
