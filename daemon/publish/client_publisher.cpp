// ClientPublisher: the states of avahi-daemon, and how they are survived.
// SPDX-License-Identifier: Apache-2.0
#include "publish/client_publisher.hpp"

#include <avahi-common/error.h>

#include <chrono>
#include <exception>
#include <utility>

#include "publish/avahi_values.hpp"
#include "publish/client_holding.hpp"

namespace srvwarden::daemon {

using Clock = std::chrono::steady_clock;

namespace {

// libavahi-client waits for avahi-daemon to come, also where it is there and stood still.
constexpr std::chrono::seconds recheck_interval{3};

}  // namespace

ClientPublisher::ClientPublisher(boost::asio::io_context& context, EventHandler on_event)
    : on_event_(std::move(on_event)),
      poll_(context),
      pool_(poll_.api(), [this](AvahiClient* client,
                                AvahiClientState state) { on_client_guarded(client, state); }),
      registrar_(
          context, [this](Event event) { on_event_(std::move(event)); },
          [this](Registrar::StateHandler on_state) {
            return std::make_unique<ClientHolding>(pool_, std::move(on_state));
          },
          [this](std::string why) {
            go_down(std::move(why));
            rebuild_later();
          }),
      retry_(context) {}

void ClientPublisher::start() {
  connect();
  registrar_.follow_interfaces();
}

void ClientPublisher::connect() {
  const int error = pool_.open();
  if (error == AVAHI_OK) return;
  go_down(avahi_words("cannot reach the system bus", error));
  rebuild_later();
}

void ClientPublisher::disconnect() {
  registrar_.drop();
  pool_.close();
}

/// Never at once: nothing may be freed within the callbacks of what is to be freed.
void ClientPublisher::rebuild_later() {
  if (stopping_ || std::exchange(rebuilding_, true)) return;
  retry_.expires_after(backoff_.next(Clock::now()));
  retry_.async_wait([this](boost::system::error_code error) {
    if (error) return;
    rebuilding_ = false;
    disconnect();
    connect();
  });
}

void ClientPublisher::recheck_later() {
  if (stopping_) return;
  retry_.expires_after(recheck_interval);
  retry_.async_wait([this](boost::system::error_code error) {
    if (error) return;
    disconnect();
    connect();
  });
}

// An exception has no way through C.
void ClientPublisher::on_client_guarded(AvahiClient* client, AvahiClientState state) noexcept {
  try {
    on_client(client, state);
  } catch (const std::exception& fault) {
    on_event_(BackendDown{fault.what(), true});
  }
}

void ClientPublisher::on_client(AvahiClient* client, AvahiClientState state) {
  if (rebuilding_) return;  // what comes of this connection is of no use any more
  retry_.cancel();
  switch (state) {
    case AVAHI_CLIENT_S_RUNNING:
      return go_up(client);
    case AVAHI_CLIENT_S_REGISTERING:
      registrar_.clear();
      return go_down("avahi-daemon is registering the host name");
    case AVAHI_CLIENT_S_COLLISION:
      registrar_.clear();
      return go_down("avahi-daemon met another host with this host's name and takes a new one");
    case AVAHI_CLIENT_CONNECTING:
      go_down("avahi-daemon is not running, or does not answer; waiting for it");
      return recheck_later();
    case AVAHI_CLIENT_FAILURE:
      go_down(avahi_words("lost avahi-daemon", avahi_client_errno(client)));
      return rebuild_later();
  }
}

void ClientPublisher::go_up(AvahiClient* client) {
  const char* const host = avahi_client_get_host_name(client);
  const char* const domain = avahi_client_get_domain_name(client);
  const char* const version = avahi_client_get_version_string(client);
  if (host == nullptr || domain == nullptr || version == nullptr) {
    go_down(avahi_words("avahi-daemon does not answer", avahi_client_errno(client)));
    return rebuild_later();
  }
  backoff_.succeeded(Clock::now());
  up_ = true;
  on_event_(BackendUp{host, domain, std::string("avahi-daemon (") + version + ")"});
}

void ClientPublisher::go_down(std::string detail) {
  up_ = false;
  if (!stopping_) on_event_(BackendDown{std::move(detail)});
}

void ClientPublisher::publish(const Announcement& announcement) {
  if (up_ && !stopping_) registrar_.publish(announcement);
}

void ClientPublisher::withdraw(const std::string& key) {
  if (!rebuilding_ && !stopping_) registrar_.withdraw(key);
}

void ClientPublisher::stop() {
  stopping_ = true;
  retry_.cancel();
  registrar_.stop();
  disconnect();
  on_event_(Stopped{});
}

}  // namespace srvwarden::daemon
