// MetricsServer: GET /metrics over HTTP/1.1, on the loopback interface alone.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "control/answers.hpp"

namespace srvwarden::daemon {

/// What is said to a request's head (up to its empty line).
struct HttpAnswer {
  int status = 200;
  bool with_body = true;  ///< false: HEAD
};
HttpAnswer judge_http(std::string_view head);

struct MetricsLimits {
  std::size_t connections = 16;
  std::size_t head = 8192;                ///< octets of a request that are read
  std::chrono::milliseconds time{5'000};  ///< from the connection's begin to its end
};

class MetricsServer {
 public:
  /// Called for each scrape.
  using Source = std::function<SharedText()>;

  MetricsServer(boost::asio::io_context& context, Source source, const MetricsLimits& limits = {});
  ~MetricsServer();

  /// Listens on 127.0.0.1 and, where there is IPv6, on [::1].
  ///
  /// @param port  0: any that is free.
  /// @return      empty, or why not.
  std::string start(std::uint16_t port);
  std::uint16_t port() const noexcept { return port_; }
  void stop();

 private:
  class Connection;
  struct Listener;

  std::string listen(const boost::asio::ip::tcp::endpoint& where);
  void accept(const std::shared_ptr<Listener>& listener);
  void serve(boost::asio::ip::tcp::socket socket);

  boost::asio::io_context& context_;
  Source source_;
  MetricsLimits limits_;
  std::uint16_t port_ = 0;
  std::vector<std::shared_ptr<Listener>> listeners_;
  std::set<std::shared_ptr<Connection>> connections_;
};

}  // namespace srvwarden::daemon
