// What the tests of health checks share: a loop that asks once, and servers on the loopback.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <list>
#include <optional>
#include <string>
#include <utility>

#include "health/probe.hpp"
#include "health/probe_kinds.hpp"

namespace srvwarden::daemon {

namespace asio = boost::asio;
using asio::ip::tcp;
using std::chrono::milliseconds;

/// Turns the loop until something is so, for at most ten seconds.
template <typename Condition>
bool turn_until(asio::io_context& context, const Condition& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!condition() && std::chrono::steady_clock::now() < end) {
    context.restart();
    context.run_one_for(milliseconds(10));
  }
  return condition();
}

/// Asks, and has what was started end: the answer, which came once and not at once.
inline ProbeResult ask(asio::io_context& context, const HealthSettings& settings) {
  BOOST_TEST_REQUIRE(!health_fault(settings, 0).has_value());
  std::optional<ProbeResult> got;
  int times = 0;
  const auto probe = make_probe(context, settings, 0);
  probe->start([&](ProbeResult result) {
    got = std::move(result);
    ++times;
  });
  BOOST_TEST(times == 0);
  BOOST_TEST_REQUIRE(turn_until(context, [&] { return got.has_value(); }));
  context.poll();
  BOOST_TEST(times == 1);
  BOOST_TEST(!got->words.empty());
  return *got;
}

inline bool has(const std::string& words, const std::string& part) {
  return words.find(part) != words.npos;
}

inline std::size_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

/// Sends each client the same, whatever it asks, and closes or keeps its connection.
class Server {
 public:
  enum class Then { close, keep, repeat };

  Server(asio::io_context& context, std::string answer, Then then,
         const tcp::endpoint& at = {asio::ip::address_v4::loopback(), 0})
      : acceptor_(context, at), answer_(std::move(answer)), then_(then) {
    accept();
  }
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  /// What the clients sent, in the order of arrival.
  const std::string& received() const { return received_; }
  std::size_t connections() const { return clients_.size(); }
  void forget_clients() { clients_.clear(); }

 private:
  struct Client {
    tcp::socket socket;
    std::array<char, 1024> buffer{};
  };

  void accept() {
    acceptor_.async_accept([this](boost::system::error_code error, tcp::socket socket) {
      if (error) return;
      Client& client = clients_.emplace_back(Client{std::move(socket)});
      if (then_ == Then::close && answer_.empty()) client.socket.close();
      if (client.socket.is_open()) read(client);
      accept();
    });
  }
  void read(Client& client) {
    client.socket.async_read_some(asio::buffer(client.buffer),
                                  [this, &client](boost::system::error_code error, std::size_t n) {
                                    if (error) return;
                                    received_.append(client.buffer.data(), n);
                                    write(client);
                                  });
  }
  void write(Client& client) {
    asio::async_write(client.socket, asio::buffer(answer_),
                      [this, &client](boost::system::error_code error, std::size_t) {
                        if (error) return;
                        if (then_ == Then::close) client.socket.close();
                        if (then_ == Then::repeat) write(client);
                      });
  }

  tcp::acceptor acceptor_;
  std::string answer_;
  Then then_;
  std::string received_;
  std::list<Client> clients_;
};

/// A port of the loopback on which nobody listens.
inline std::uint16_t free_port(asio::io_context& context) {
  return tcp::acceptor(context, {asio::ip::address_v4::loopback(), 0}).local_endpoint().port();
}

}  // namespace srvwarden::daemon
