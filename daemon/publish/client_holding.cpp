// ClientHolding: entries into groups, and the groups' states as one.
// SPDX-License-Identifier: Apache-2.0
#include "publish/client_holding.hpp"

#include <avahi-client/client.h>
#include <avahi-common/error.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "publish/avahi_values.hpp"

namespace srvwarden::daemon {

namespace {

constexpr AvahiPublishFlags no_flags{};

/// What an administrator can do about an error; nothing for most.
std::string advice_for(int error) {
  switch (error) {
    case AVAHI_ERR_TOO_MANY_OBJECTS:
      return "; raise objects-per-client-max in avahi-daemon.conf";
    case AVAHI_ERR_TOO_MANY_CLIENTS:
      return "; raise clients-max in avahi-daemon.conf";
    case AVAHI_ERR_TOO_MANY_ENTRIES:
      return "; raise entries-per-entry-group-max in avahi-daemon.conf";
    case AVAHI_ERR_NOT_PERMITTED:
      return "; is disable-publishing or disable-user-service-publishing set in avahi-daemon.conf?";
    case AVAHI_ERR_ACCESS_DENIED:
      return "; does the bus let this user talk to avahi-daemon? See avahi-dbus.conf";
    default:
      return "";
  }
}

/// Whether the fault is in the way to avahi-daemon, not in what was asked.
bool is_of_the_way(int error) {
  return error == AVAHI_ERR_DBUS_ERROR || error == AVAHI_ERR_DISCONNECTED ||
         error == AVAHI_ERR_NO_DAEMON || error == AVAHI_ERR_TIMEOUT || error == AVAHI_ERR_BAD_STATE;
}

Answer answer_for(const std::string& what, int error) {
  if (error == AVAHI_OK) return {};
  if (is_of_the_way(error)) {
    return {Answer::Kind::unreachable, avahi_words("avahi-daemon does not answer", error)};
  }
  const bool collision = error == AVAHI_ERR_COLLISION;
  return {collision ? Answer::Kind::collision : Answer::Kind::refused,
          avahi_words("avahi-daemon refuses " + what, error) + advice_for(error)};
}

}  // namespace

ClientHolding::ClientHolding(ClientPool& pool, Registrar::StateHandler on_state)
    : pool_(pool), on_state_(std::move(on_state)) {}

Answer ClientHolding::put(const Announcement& wanted, const InterfaceIndexes& interfaces) {
  if (Answer cleared = clear(); !cleared.ok()) return cleared;
  for (const int interface : interfaces) {
    if (Answer added = add_service(wanted, interface); !added.ok()) return added;
    services_on_.push_back(groups_[place_].handle);
    for (const std::string& subtype : wanted.subtypes) {
      if (Answer added = add_subtype(wanted, interface, subtype); !added.ok()) return added;
    }
  }
  if (Answer freed = free_from(place_ + 1); !freed.ok()) return freed;
  return commit();
}

/// Adds an entry to the group that is being filled, or to the next where that is full.
template <class Add>
Answer ClientHolding::add(const std::string& what, Add add_to) {
  while (true) {
    if (place_ == groups_.size()) {
      int error = AVAHI_OK;
      AvahiEntryGroup* const made = pool_.new_group(group_callback, this, error);
      if (made == nullptr) return answer_for("an entry group", error);
      groups_.emplace_back().handle = made;
    }
    Group& group = groups_[place_];
    const int error = add_to(group.handle);
    const bool full = error == AVAHI_ERR_TOO_MANY_ENTRIES && group.entries > 0;
    if (!full) {
      ++group.entries;
      return answer_for(what, error);
    }
    ++place_;
  }
}

Answer ClientHolding::add_service(const Announcement& wanted, int interface) {
  const StringList txt = to_string_list(wanted.txt);
  return add("the service", [&](AvahiEntryGroup* group) {
    return avahi_entry_group_add_service_strlst(group, interface, to_avahi(wanted.protocol),
                                                no_flags, wanted.instance.c_str(),
                                                wanted.type.c_str(), or_default(wanted.domain),
                                                or_default(wanted.host), wanted.port, txt.get());
  });
}

Answer ClientHolding::add_subtype(const Announcement& wanted, int interface,
                                  const std::string& subtype) {
  return add("the subtype " + subtype, [&](AvahiEntryGroup* group) {
    return avahi_entry_group_add_service_subtype(
        group, interface, to_avahi(wanted.protocol), no_flags, wanted.instance.c_str(),
        wanted.type.c_str(), or_default(wanted.domain), subtype.c_str());
  });
}

Answer ClientHolding::commit() {
  for (Group& group : groups_) {
    const Answer answer = answer_for("to commit", avahi_entry_group_commit(group.handle));
    if (!answer.ok()) return answer;
    group.committed = true;
  }
  return {};
}

Answer ClientHolding::update_txt(const Announcement& wanted, const InterfaceIndexes& interfaces) {
  const StringList txt = to_string_list(wanted.txt);
  for (std::size_t i = 0; i < interfaces.size(); ++i) {
    const int error = avahi_entry_group_update_service_txt_strlst(
        services_on_[i], interfaces[i], to_avahi(wanted.protocol), no_flags,
        wanted.instance.c_str(), wanted.type.c_str(), or_default(wanted.domain), txt.get());
    if (error != AVAHI_OK) return answer_for("the TXT record", error);
  }
  return {};
}

// Groups are used again, not made anew: avahi-daemon limits how often a group may register.
Answer ClientHolding::clear() {
  place_ = 0;
  services_on_.clear();
  for (Group& group : groups_) {
    if (Answer answer = reset(group); !answer.ok()) return answer;
  }
  return {};
}

// avahi-daemon signals UNCOMMITED for it; states signalled before that are of what was there.
Answer ClientHolding::reset(Group& group) {
  if (group.entries == 0 && !group.committed) return {};
  const Answer answer = answer_for("a reset", avahi_entry_group_reset(group.handle));
  if (!answer.ok()) return answer;
  if (std::exchange(group.committed, false)) ++group.stale;
  group.state = AVAHI_ENTRY_GROUP_UNCOMMITED;
  group.entries = 0;
  return {};
}

Answer ClientHolding::release() {
  services_on_.clear();
  return free_from(0);
}

Answer ClientHolding::free_from(std::size_t place) {
  while (groups_.size() > place) {
    AvahiEntryGroup* const group = groups_.back().handle;
    groups_.pop_back();
    const Answer answer = answer_for("to free a group", avahi_entry_group_free(group));
    if (!answer.ok()) return answer;
  }
  return {};
}

// An exception has no way through C.
void ClientHolding::group_callback(AvahiEntryGroup* group, AvahiEntryGroupState state,
                                   void* self) noexcept {
  auto& mine = *static_cast<ClientHolding*>(self);
  try {
    mine.on_group(group, state);
  } catch (const std::exception& fault) {
    mine.on_state_(State::failed, fault.what());
  }
}

void ClientHolding::on_group(AvahiEntryGroup* handle, AvahiEntryGroupState state) {
  const auto found = std::find_if(groups_.begin(), groups_.end(),
                                  [&](const Group& group) { return group.handle == handle; });
  if (found == groups_.end()) return;  // still being made
  if (found->stale > 0) {
    if (state == AVAHI_ENTRY_GROUP_UNCOMMITED) --found->stale;
    return;
  }
  found->state = state;
  if (state == AVAHI_ENTRY_GROUP_COLLISION) {
    on_state_(State::collision, "the name is taken on the link");
  } else if (state == AVAHI_ENTRY_GROUP_FAILURE) {
    on_state_(State::failed, avahi_words("avahi-daemon gave up",
                                         avahi_client_errno(avahi_entry_group_get_client(handle))));
  } else if (std::all_of(groups_.begin(), groups_.end(), [](const Group& group) {
               return group.state == AVAHI_ENTRY_GROUP_ESTABLISHED;
             })) {
    on_state_(State::established, "");
  }
}

}  // namespace srvwarden::daemon
