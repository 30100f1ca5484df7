// ClientPublisher: the states of the client, and the groups of each announcement.
// SPDX-License-Identifier: Apache-2.0
#include "client_publisher.hpp"

#include <avahi-common/error.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

#include "avahi_values.hpp"
#include "interface_index.hpp"

namespace srvwarden::daemon {

namespace {

constexpr AvahiPublishFlags no_flags{};
constexpr std::chrono::seconds interface_interval{2};

}  // namespace

ClientPublisher::ClientPublisher(boost::asio::io_context& context, EventHandler on_event)
    : on_event_(std::move(on_event)), poll_(context), retry_(context), interfaces_(context) {}

ClientPublisher::~ClientPublisher() { drop_client(); }

// The client disconnects first and then frees its groups itself, which spares a call for each: the
// daemon withdraws whatever a connection leaves behind.
void ClientPublisher::drop_client() {
  for (auto& [key, registration] : registrations_) {
    for (Group& group : registration.groups) (void)group.handle.release();
  }
  registrations_.clear();
  client_.reset();
}

void ClientPublisher::start() {
  connect();
  follow_interfaces();
}

void ClientPublisher::connect() {
  int error = 0;
  client_.reset(avahi_client_new(poll_.api(), AVAHI_CLIENT_NO_FAIL, client_callback, this, &error));
  if (client_) return;
  go_down(avahi_words("cannot reach the system bus", error));
  rebuild_later();
}

void ClientPublisher::rebuild_later() {
  if (stopping_) return;
  retry_.expires_after(backoff_.next());
  retry_.async_wait([this](boost::system::error_code error) {
    if (!error) rebuild();
  });
}

void ClientPublisher::rebuild() {
  drop_client();
  connect();
}

void ClientPublisher::client_callback(AvahiClient* client, AvahiClientState state,
                                      void* self) noexcept {
  auto& publisher = *static_cast<ClientPublisher*>(self);
  try {
    publisher.on_client(client, state);
  } catch (const std::exception& fault) {
    publisher.on_event_(BackendDown{fault.what(), true});
  }
}

void ClientPublisher::on_client(AvahiClient* client, AvahiClientState state) {
  switch (state) {
    case AVAHI_CLIENT_S_RUNNING:
      return go_up(client);
    case AVAHI_CLIENT_S_REGISTERING:
      forget_registrations();
      return go_down("avahi-daemon is registering the host name");
    case AVAHI_CLIENT_S_COLLISION:
      forget_registrations();
      return go_down("avahi-daemon met another host with this host's name and takes a new one");
    case AVAHI_CLIENT_CONNECTING:
      return go_down("avahi-daemon is not running; waiting for it");
    case AVAHI_CLIENT_FAILURE:
      go_down(avahi_words("lost avahi-daemon", avahi_client_errno(client)));
      return rebuild_later();  // never from within the client's own callback
  }
}

void ClientPublisher::go_up(AvahiClient* client) {
  backoff_.reset();
  const char* const host = avahi_client_get_host_name(client);
  const char* const domain = avahi_client_get_domain_name(client);
  const char* const version = avahi_client_get_version_string(client);
  if (host == nullptr || domain == nullptr || version == nullptr) {
    go_down(avahi_words("avahi-daemon does not answer", avahi_client_errno(client)));
    return rebuild_later();
  }
  up_ = true;
  on_event_(BackendUp{host, domain, std::string("avahi-daemon (") + version + ")"});
}

void ClientPublisher::go_down(std::string detail) {
  up_ = false;
  if (!stopping_) on_event_(BackendDown{std::move(detail)});
}

// Within callbacks nothing is freed: the groups are withdrawn now and freed at the next rebuild or
// used again by the publish() that follows BackendUp.
void ClientPublisher::forget_registrations() {
  for (auto& [key, registration] : registrations_) {
    for (Group& group : registration.groups) avahi_entry_group_reset(group.handle.get());
    registration.wanted = {};
    registration.told.reset();
  }
}

void ClientPublisher::publish(const Announcement& announcement) {
  if (!up_ || stopping_) return;
  Registration& registration = registrations_[announcement.key];
  registration.owner = this;
  const bool only_txt =
      registration.told == State::established && same_but_txt(registration.wanted, announcement);
  registration.wanted = announcement;
  if (only_txt && update_txt(registration)) return;
  apply(registration);
}

void ClientPublisher::withdraw(const std::string& key) { registrations_.erase(key); }

void ClientPublisher::stop() {
  stopping_ = true;
  retry_.cancel();
  interfaces_.cancel();
  drop_client();
  on_event_(Stopped{});
}

void ClientPublisher::apply(Registration& registration) {
  registration.told.reset();
  for (Group& group : registration.groups) {
    avahi_entry_group_reset(group.handle.get());
    group.state = AVAHI_ENTRY_GROUP_UNCOMMITED;
  }
  registration.indexes = interface_indexes(registration.wanted.interfaces);
  if (registration.indexes.empty()) {
    return tell(registration, State::failed, "none of its interfaces exists; waiting for one");
  }
  tell(registration, State::registering, "");
  if (add_entries(registration)) commit(registration);
}

bool ClientPublisher::add_entries(Registration& registration) {
  std::size_t entry = 0;
  for (const AvahiIfIndex index : registration.indexes) {
    AvahiEntryGroup* const group = group_for(registration, entry++);
    if (group == nullptr || !add_service(registration, group, index)) return false;
    for (const std::string& subtype : registration.wanted.subtypes) {
      AvahiEntryGroup* const next = group_for(registration, entry++);
      if (next == nullptr || !add_subtype(registration, next, index, subtype)) return false;
    }
  }
  const std::size_t used = (entry + entries_per_group - 1) / entries_per_group;
  registration.groups.resize(std::min(used, registration.groups.size()));
  return true;
}

AvahiEntryGroup* ClientPublisher::group_for(Registration& registration, std::size_t entry) {
  const std::size_t place = entry / entries_per_group;
  if (place < registration.groups.size()) return registration.groups[place].handle.get();
  AvahiEntryGroup* const made = avahi_entry_group_new(client_.get(), group_callback, &registration);
  if (made == nullptr) {
    refuse(registration, "avahi-daemon gives no entry group", avahi_client_errno(client_.get()));
    return nullptr;
  }
  registration.groups.emplace_back().handle.reset(made);
  return made;
}

bool ClientPublisher::add_service(Registration& registration, AvahiEntryGroup* group,
                                  AvahiIfIndex index) {
  const Announcement& wanted = registration.wanted;
  const StringList txt = to_string_list(wanted.txt);
  const int error = avahi_entry_group_add_service_strlst(
      group, index, to_avahi(wanted.protocol), no_flags, wanted.instance.c_str(),
      wanted.type.c_str(), or_default(wanted.domain), or_default(wanted.host), wanted.port,
      txt.get());
  if (error == AVAHI_OK) return true;
  refuse(registration, "avahi-daemon refuses the service", error);
  return false;
}

bool ClientPublisher::add_subtype(Registration& registration, AvahiEntryGroup* group,
                                  AvahiIfIndex index, const std::string& subtype) {
  const Announcement& wanted = registration.wanted;
  const int error = avahi_entry_group_add_service_subtype(
      group, index, to_avahi(wanted.protocol), no_flags, wanted.instance.c_str(),
      wanted.type.c_str(), or_default(wanted.domain), subtype.c_str());
  if (error == AVAHI_OK) return true;
  refuse(registration, "avahi-daemon refuses the subtype " + subtype, error);
  return false;
}

bool ClientPublisher::commit(Registration& registration) {
  for (Group& group : registration.groups) {
    const int error = avahi_entry_group_commit(group.handle.get());
    if (error == AVAHI_OK) continue;
    refuse(registration, "avahi-daemon refuses to commit", error);
    return false;
  }
  return true;
}

bool ClientPublisher::update_txt(Registration& registration) {
  const Announcement& wanted = registration.wanted;
  const StringList txt = to_string_list(wanted.txt);
  for (std::size_t i = 0; i < registration.indexes.size(); ++i) {
    const std::size_t entry = i * (1 + wanted.subtypes.size());
    const int error = avahi_entry_group_update_service_txt_strlst(
        registration.groups[entry / entries_per_group].handle.get(), registration.indexes[i],
        to_avahi(wanted.protocol), no_flags, wanted.instance.c_str(), wanted.type.c_str(),
        or_default(wanted.domain), txt.get());
    if (error == AVAHI_OK) continue;
    on_event_(Remark{words_for(wanted) + avahi_words(": TXT not updated in place", error)});
    return false;
  }
  on_event_(StateChange{wanted.key, wanted.instance, State::established, "TXT updated in place"});
  return true;
}

void ClientPublisher::refuse(Registration& registration, const std::string& what, int error) {
  for (Group& group : registration.groups) avahi_entry_group_reset(group.handle.get());
  tell(registration, error == AVAHI_ERR_COLLISION ? State::collision : State::failed,
       avahi_words(what, error));
}

void ClientPublisher::tell(Registration& registration, State state, std::string detail) {
  if (std::exchange(registration.told, state) == state) return;
  const Announcement& wanted = registration.wanted;
  on_event_(StateChange{wanted.key, wanted.instance, state, std::move(detail)});
}

void ClientPublisher::group_callback(AvahiEntryGroup* group, AvahiEntryGroupState state,
                                     void* registration) noexcept {
  auto& mine = *static_cast<Registration*>(registration);
  try {
    mine.owner->on_group(mine, group, state);
  } catch (const std::exception& fault) {
    mine.owner->on_event_(BackendDown{fault.what(), true});
  }
}

void ClientPublisher::on_group(Registration& registration, AvahiEntryGroup* group,
                               AvahiEntryGroupState state) {
  auto& groups = registration.groups;
  const auto found = std::find_if(groups.begin(), groups.end(),
                                  [&](const Group& g) { return g.handle.get() == group; });
  if (found == groups.end() || !registration.told) return;  // still being made, or forgotten
  found->state = state;
  if (state == AVAHI_ENTRY_GROUP_COLLISION) {
    tell(registration, State::collision, "the name is taken on the link");
  } else if (state == AVAHI_ENTRY_GROUP_FAILURE) {
    tell(registration, State::failed,
         avahi_words("avahi-daemon gave up", avahi_client_errno(client_.get())));
  } else if (std::all_of(groups.begin(), groups.end(),
                         [](const Group& g) { return g.state == AVAHI_ENTRY_GROUP_ESTABLISHED; })) {
    tell(registration, State::established, "");
  }
}

// An interface that comes, or comes back under another number, gets what is meant for it.
void ClientPublisher::follow_interfaces() {
  interfaces_.expires_after(interface_interval);
  interfaces_.async_wait([this](boost::system::error_code error) {
    if (error || stopping_) return;
    for (auto& [key, registration] : registrations_) {
      if (!up_ || !registration.told || registration.wanted.interfaces.empty()) continue;
      if (interface_indexes(registration.wanted.interfaces) != registration.indexes) {
        apply(registration);
      }
    }
    follow_interfaces();
  });
}

}  // namespace srvwarden::daemon
