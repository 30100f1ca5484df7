// ClientPublisher: announces through the system's avahi-daemon, with libavahi-client.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <string>

#include "publish/asio_poll.hpp"
#include "publish/backoff.hpp"
#include "publish/client_pool.hpp"
#include "publish/publisher.hpp"
#include "publish/registrar.hpp"

namespace srvwarden::daemon {

/// Lives on the thread of its io_context and blocks it: each of libavahi-client's calls waits for
/// the bus. AvahiPublisher gives it a thread of its own.
class ClientPublisher final : public Publisher {
 public:
  ClientPublisher(boost::asio::io_context& context, EventHandler on_event);

  void start() override;
  void publish(const Announcement& announcement) override;
  void withdraw(const std::string& key) override;
  void stop() override;

 private:
  void connect();
  void disconnect();
  void rebuild_later();
  void recheck_later();
  void on_client_guarded(AvahiClient* client, AvahiClientState state) noexcept;
  void on_client(AvahiClient* client, AvahiClientState state);
  void go_up(AvahiClient* client);
  void go_down(std::string detail);

  EventHandler on_event_;
  AsioPoll poll_;
  ClientPool pool_;
  Registrar registrar_;  // after pool_: its holdings go first
  boost::asio::steady_timer retry_;
  Backoff backoff_;
  bool up_ = false;
  bool rebuilding_ = false;
  bool stopping_ = false;
};

}  // namespace srvwarden::daemon
