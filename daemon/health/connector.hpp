// Connector: a TCP connection to an address, or to this host by either protocol.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "health/health_settings.hpp"
#include "health/probe_kinds.hpp"

namespace srvwarden::daemon {

/// What is wrong with the host and the port, if anything.
///
/// Names other than localhost are refused: a name service that does not answer would delay the
/// checks and the daemon's end, and one that answers wrongly would withdraw a healthy service.
std::optional<HealthFault> host_fault(const HealthSettings& settings);

/// "localhost port 80", "[::1] port 80".
std::string words_for_peer(const HealthSettings& settings);

/// Connects to 127.0.0.1 and, where it is refused or silent, also to ::1; the first one counts.
class Connector : public std::enable_shared_from_this<Connector> {
 public:
  using Socket = boost::asio::ip::tcp::socket;
  /// @param socket  connected, or not open; then `why` tells what happened at each address.
  using Done = std::function<void(Socket socket, std::string why)>;

  /// The host and the port must have no fault.
  Connector(boost::asio::io_context& context, const HealthSettings& settings);
  /// Never calls from within.
  void start(Done done);
  void close();

 private:
  using Endpoint = boost::asio::ip::tcp::endpoint;
  struct Attempt {
    Endpoint to;
    Socket socket;
  };

  void try_next();
  void take(std::size_t place, boost::system::error_code error);

  std::vector<Attempt> attempts_;
  boost::asio::steady_timer timer_;
  std::size_t started_ = 0;
  std::size_t failed_ = 0;
  std::string why_;
  Done done_;
};

}  // namespace srvwarden::daemon
