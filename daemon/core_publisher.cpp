// CorePublisher: the states of the server, and one group an announcement.
// SPDX-License-Identifier: Apache-2.0
#include "core_publisher.hpp"

#include <avahi-common/alternative.h>
#include <avahi-common/error.h>
#include <avahi-common/malloc.h>

#include <cstdlib>
#include <exception>
#include <new>
#include <utility>

#include "avahi_values.hpp"
#include "port_probe.hpp"

namespace srvwarden::daemon {

namespace {

constexpr AvahiPublishFlags no_flags{};
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

/// An exception has no way through C: the child says why and ends, and its parent starts another.
template <class Task>
void end_on_exception(const EventHandler& on_event, Task task) noexcept {
  try {
    task();
  } catch (const std::exception& fault) {
    on_event(BackendDown{fault.what(), true});
    std::_Exit(EXIT_FAILURE);
  }
}

}  // namespace

CorePublisher::CorePublisher(boost::asio::io_context& context, ResponderOptions options,
                             EventHandler on_event)
    : options_(std::move(options)), on_event_(std::move(on_event)), poll_(context) {}

void CorePublisher::start() {
  if (std::string busy = why_port_is_busy(); !busy.empty()) {
    return on_event_(BackendDown{std::move(busy), true});
  }
  const Config config(options_);
  int error = 0;
  server_.reset(avahi_server_new(poll_.api(), config.get(), server_callback, this, &error));
  if (server_) return;
  on_event_(BackendDown{avahi_words("cannot start the embedded responder", error), true});
}

void CorePublisher::server_callback(AvahiServer* server, AvahiServerState state,
                                    void* self) noexcept {
  auto& publisher = *static_cast<CorePublisher*>(self);
  end_on_exception(publisher.on_event_, [&] { publisher.on_server(server, state); });
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
  for (auto& [key, registration] : registrations_) {
    if (registration.group) avahi_s_entry_group_reset(registration.group.get());
    registration.wanted = {};
    registration.told.reset();
  }
  on_event_(BackendDown{std::move(detail)});
}

void CorePublisher::publish(const Announcement& announcement) {
  if (!up_) return;
  Registration& registration = registrations_[announcement.key];
  registration.owner = this;
  const bool only_txt =
      registration.told == State::established && same_but_txt(registration.wanted, announcement);
  registration.wanted = announcement;
  if (only_txt && update_txt(registration)) return;
  apply(registration);
}

void CorePublisher::withdraw(const std::string& key) { registrations_.erase(key); }

void CorePublisher::stop() {
  up_ = false;
  registrations_.clear();
  server_.reset();
  on_event_(Stopped{});
}

void CorePublisher::apply(Registration& registration) {
  if (registration.group) {
    avahi_s_entry_group_reset(registration.group.get());
  } else {
    registration.group.reset(avahi_s_entry_group_new(server_.get(), group_callback, &registration));
  }
  registration.told.reset();
  if (!registration.group) {
    return refuse(registration, "no entry group", avahi_server_errno(server_.get()));
  }
  tell(registration, State::registering, "");
  int error = add_entries(registration);
  if (error == AVAHI_OK) error = avahi_s_entry_group_commit(registration.group.get());
  if (error != AVAHI_OK) refuse(registration, "the responder refuses it", error);
}

// Interfaces are the server's own, by name, so that late ones are served.
int CorePublisher::add_entries(const Registration& registration) {
  const Announcement& wanted = registration.wanted;
  const StringList txt = to_string_list(wanted.txt);
  const AvahiProtocol protocol = to_avahi(wanted.protocol);
  int error = avahi_server_add_service_strlst(
      server_.get(), registration.group.get(), AVAHI_IF_UNSPEC, protocol, no_flags,
      wanted.instance.c_str(), wanted.type.c_str(), or_default(wanted.domain),
      or_default(wanted.host), wanted.port, txt.get());
  for (const std::string& subtype : wanted.subtypes) {
    if (error != AVAHI_OK) break;
    error = avahi_server_add_service_subtype(
        server_.get(), registration.group.get(), AVAHI_IF_UNSPEC, protocol, no_flags,
        wanted.instance.c_str(), wanted.type.c_str(), or_default(wanted.domain), subtype.c_str());
  }
  return error;
}

bool CorePublisher::update_txt(Registration& registration) {
  const Announcement& wanted = registration.wanted;
  const StringList txt = to_string_list(wanted.txt);
  const int error = avahi_server_update_service_txt_strlst(
      server_.get(), registration.group.get(), AVAHI_IF_UNSPEC, to_avahi(wanted.protocol), no_flags,
      wanted.instance.c_str(), wanted.type.c_str(), or_default(wanted.domain), txt.get());
  if (error != AVAHI_OK) {
    on_event_(Remark{words_for(wanted) + avahi_words(": TXT not updated in place", error)});
    return false;
  }
  on_event_(StateChange{wanted.key, wanted.instance, State::established, "TXT updated in place"});
  return true;
}

void CorePublisher::refuse(Registration& registration, const std::string& what, int error) {
  if (registration.group) avahi_s_entry_group_reset(registration.group.get());
  tell(registration, error == AVAHI_ERR_COLLISION ? State::collision : State::failed,
       avahi_words(what, error));
}

void CorePublisher::tell(Registration& registration, State state, std::string detail) {
  if (std::exchange(registration.told, state) == state) return;
  const Announcement& wanted = registration.wanted;
  on_event_(StateChange{wanted.key, wanted.instance, state, std::move(detail)});
}

void CorePublisher::group_callback(AvahiServer* /*server*/, AvahiSEntryGroup* group,
                                   AvahiEntryGroupState state, void* registration) noexcept {
  auto& mine = *static_cast<Registration*>(registration);
  end_on_exception(mine.owner->on_event_, [&] { mine.owner->on_group(mine, group, state); });
}

void CorePublisher::on_group(Registration& registration, AvahiSEntryGroup* /*group*/,
                             AvahiEntryGroupState state) {
  if (!registration.told) return;  // withdrawn
  if (state == AVAHI_ENTRY_GROUP_COLLISION) {
    tell(registration, State::collision, "the name is taken on the link");
  } else if (state == AVAHI_ENTRY_GROUP_ESTABLISHED) {
    tell(registration, State::established, "");
  } else if (state == AVAHI_ENTRY_GROUP_FAILURE) {
    tell(registration, State::failed,
         avahi_words("the responder gave up", avahi_server_errno(server_.get())));
  }
}

}  // namespace srvwarden::daemon
