// CorePublisher: the states of the server.
// SPDX-License-Identifier: Apache-2.0
#include "publish/core_publisher.hpp"

#include <avahi-common/alternative.h>
#include <avahi-common/error.h>
#include <avahi-common/malloc.h>

#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <utility>

#include "publish/avahi_values.hpp"
#include "publish/core_holding.hpp"
#include "publish/port_probe.hpp"

namespace srvwarden::daemon {

namespace {

// libavahi-core looks through all that it has to send for each record that it is to send.
constexpr std::size_t registering_at_once = 100;
constexpr std::size_t many = 2000;       // services; it says so where there are more
constexpr int collisions_by_chance = 3;  // more in a row have another reason

struct FreeText {
  void operator()(char* text) const noexcept { avahi_free(text); }
};

/// An AvahiServerConfig that frees what it owns.
class Config {
 public:
  explicit Config(const ResponderOptions& options) {
    avahi_server_config_init(&config_);
    config_.publish_hinfo = 0;
    config_.publish_workstation = 0;
    config_.publish_aaaa_on_ipv4 = 1;
    config_.publish_a_on_ipv6 = 0;
    config_.enable_wide_area = 0;
    config_.n_cache_entries_max = 0;  // it browses nothing; each query would look through them
    if (!options.host_name.empty()) config_.host_name = avahi_strdup(options.host_name.c_str());
    config_.allow_interfaces = to_string_list(options.interfaces).release();
  }
  Config(const Config&) = delete;
  Config& operator=(const Config&) = delete;
  ~Config() { avahi_server_config_free(&config_); }
  const AvahiServerConfig* get() const noexcept { return &config_; }

 private:
  AvahiServerConfig config_{};
};

}  // namespace

CorePublisher::CorePublisher(boost::asio::io_context& context, ResponderOptions options,
                             EventHandler on_event)
    : options_(std::move(options)),
      on_event_(std::move(on_event)),
      poll_(context),
      registrar_(
          context, on_event_,
          [this](Registrar::StateHandler on_state) {
            return std::make_unique<CoreHolding>(server_.get(), std::move(on_state));
          },
          [](const std::string&) {},  // it is in this process: never lost
          registering_at_once) {}

void CorePublisher::start() {
  if (std::string busy = why_port_is_busy(); !busy.empty()) {
    return on_event_(BackendDown{std::move(busy), true});
  }
  const Config config(options_);
  int error = 0;
  server_.reset(avahi_server_new(poll_.api(), config.get(), server_callback, this, &error));
  if (server_) return registrar_.follow_interfaces();
  on_event_(BackendDown{avahi_words("cannot start the embedded responder", error), true});
}

// An exception has no way through C: the child ends, and its parent starts another.
void CorePublisher::server_callback(AvahiServer* server, AvahiServerState state,
                                    void* self) noexcept {
  auto& publisher = *static_cast<CorePublisher*>(self);
  try {
    publisher.on_server(server, state);
  } catch (const std::exception&) {
    std::_Exit(EXIT_FAILURE);
  }
}

void CorePublisher::on_server(AvahiServer* server, AvahiServerState state) {
  switch (state) {
    case AVAHI_SERVER_RUNNING:
      up_ = true;
      collisions_ = 0;
      return on_event_(BackendUp{avahi_server_get_host_name(server),
                                 avahi_server_get_domain_name(server), "the embedded responder"});
    case AVAHI_SERVER_REGISTERING:
      return go_down("the host name is being registered");
    case AVAHI_SERVER_COLLISION:
      return take_another_host_name(server);
    case AVAHI_SERVER_FAILURE:
      return on_event_(BackendDown{
          avahi_words("the embedded responder failed", avahi_server_errno(server)), true});
    case AVAHI_SERVER_INVALID:
      return;
  }
}

void CorePublisher::take_another_host_name(AvahiServer* server) {
  const std::string taken = avahi_server_get_host_name(server);
  const std::unique_ptr<char, FreeText> other(avahi_alternative_host_name(taken.c_str()));
  if (!other) throw std::bad_alloc();
  std::string detail =
      "the host name \"" + taken + "\" is another host's; taking \"" + other.get() + '"';
  if (++collisions_ >= collisions_by_chance) {
    detail += "; is there another responder on this host? Their address records collide";
  }
  go_down(std::move(detail));
  const int error = avahi_server_set_host_name(server, other.get());
  if (error != AVAHI_OK) {
    on_event_(BackendDown{avahi_words("cannot take another host name", error), true});
  }
}

void CorePublisher::go_down(std::string detail) {
  up_ = false;
  registrar_.clear();
  on_event_(BackendDown{std::move(detail)});
}

void CorePublisher::publish(const Announcement& announcement) {
  if (!up_) return;
  registrar_.publish(announcement);
  if (registrar_.size() <= many || std::exchange(told_many_, true)) return;
  on_event_(Remark{"more than " + std::to_string(many) +
                   " services: the embedded responder's work grows with the square of their "
                   "number, and it may need minutes until all are announced"});
}

void CorePublisher::withdraw(const std::string& key) { registrar_.withdraw(key); }

void CorePublisher::stop() {
  up_ = false;
  registrar_.stop();
  registrar_.drop();
  server_.reset();
  on_event_(Stopped{});
}

}  // namespace srvwarden::daemon
