// CorePublisher: a whole mDNS responder in this process, with libavahi-core.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <avahi-core/core.h>

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>

#include "publish/asio_poll.hpp"
#include "publish/publisher.hpp"
#include "publish/registrar.hpp"
#include "publish/responder_options.hpp"

namespace srvwarden::daemon {

/// libavahi-core and libavahi-client must not meet in one process: each has its own
/// avahi_entry_group_free, and the loader gives both the same. Besides, libavahi-core ends the
/// process where one of its assertions fails, so it runs in the child that EmbeddedPublisher
/// supervises. An event may come from within a call.
class CorePublisher final : public Publisher {
 public:
  CorePublisher(boost::asio::io_context& context, ResponderOptions options, EventHandler on_event);

  void start() override;
  void publish(const Announcement& announcement) override;
  void withdraw(const std::string& key) override;
  void stop() override;

 private:
  struct FreeServer {
    void operator()(AvahiServer* server) const noexcept { avahi_server_free(server); }
  };
  void on_server(AvahiServer* server, AvahiServerState state);
  void take_another_host_name(AvahiServer* server);
  void go_down(std::string detail);

  static void server_callback(AvahiServer* server, AvahiServerState state, void* self) noexcept;

  ResponderOptions options_;
  EventHandler on_event_;
  AsioPoll poll_;
  std::unique_ptr<AvahiServer, FreeServer> server_;
  Registrar registrar_;  // after server_: its holdings go first
  int collisions_ = 0;   ///< of the host name, in a row
  bool up_ = false;
  bool told_many_ = false;
};

}  // namespace srvwarden::daemon
