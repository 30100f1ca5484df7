// ControlServer: the control socket, and the metrics' port where one is asked for.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "control/control_client.hpp"
#include "control/controlled.hpp"
#include "control/desk.hpp"
#include "control/metrics.hpp"
#include "control/metrics_server.hpp"
#include "control/peer.hpp"
#include "control/socket_file.hpp"
#include "link/control.hpp"
#include "log.hpp"

namespace srvwarden::daemon {

struct ControlOptions {
  std::string path = link::default_control_path;
  mode_t mode = 0666;  ///< of the socket: who may connect, and so read
  std::string group;   ///< its members may give orders; the socket is given to it; empty: none
  int inherited = -1;  ///< a listening socket in place of making one; the server closes it
  std::uint16_t metrics_port = 0;  ///< on loopback; 0: none
  AdmissionLimits admission = {};
  ControlTimes times = {};
};

class ControlServer {
 public:
  /// All references must outlive the server.
  ControlServer(boost::asio::io_context& context, Controlled& controlled, const Counters& counters,
                Log& log, ControlOptions options);
  ~ControlServer();

  /// @return  empty, or why not, for people: what, where, how to mend it.
  std::string start();
  /// Whatever status() tells is another now: watchers are told, at most ten times a second.
  void changed();
  /// Lets all clients go, and removes the socket.
  void stop();
  /// 0 where there is no metrics' port.
  std::uint16_t metrics_port() const noexcept { return metrics_ ? metrics_->port() : 0; }

 private:
  using Protocol = boost::asio::local::stream_protocol;

  static Access access_of(const ControlOptions& options);
  std::string listen();
  void accept();
  void enter(Protocol::socket socket);
  void leave(std::uint64_t number);
  void turn_away(Protocol::socket& socket, const std::string& why);
  void tell_watchers();

  ControlOptions options_;
  ControlDesk desk_;
  Admission admission_;
  SocketFile file_;
  Protocol::acceptor acceptor_;
  boost::asio::steady_timer again_;    ///< to accept, after descriptors ran out
  boost::asio::steady_timer updates_;  ///< to tell the watchers
  bool update_due_ = false;
  std::chrono::steady_clock::time_point told_{};
  std::uint64_t last_number_ = 0;
  std::map<std::uint64_t, std::shared_ptr<ControlClient>> clients_;
  std::unique_ptr<MetricsServer> metrics_;
  boost::asio::io_context& context_;
};

}  // namespace srvwarden::daemon
