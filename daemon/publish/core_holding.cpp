// CoreHolding: calls within the process, which never block.
// SPDX-License-Identifier: Apache-2.0
#include "publish/core_holding.hpp"

#include <avahi-common/error.h>

#include <cstdlib>
#include <exception>
#include <string>
#include <utility>

#include "publish/avahi_values.hpp"

namespace srvwarden::daemon {

namespace {

constexpr AvahiPublishFlags no_flags{};

Answer answer_for(const char* what, int error) {
  if (error == AVAHI_OK) return {};
  const bool collision = error == AVAHI_ERR_COLLISION;
  return {collision ? Answer::Kind::collision : Answer::Kind::refused, avahi_words(what, error)};
}

}  // namespace

CoreHolding::CoreHolding(AvahiServer* server, Registrar::StateHandler on_state)
    : server_(server), on_state_(std::move(on_state)) {}

Answer CoreHolding::put(const Announcement& wanted, const InterfaceIndexes& interfaces) {
  (void)clear();
  if (group_ == nullptr) group_ = avahi_s_entry_group_new(server_, group_callback, this);
  int error = group_ == nullptr ? avahi_server_errno(server_) : AVAHI_OK;
  for (const int interface : interfaces) {
    if (error == AVAHI_OK) error = add_entries(wanted, interface);
  }
  if (error == AVAHI_OK) error = avahi_s_entry_group_commit(group_);
  return answer_for("the responder refuses it", error);
}

int CoreHolding::add_entries(const Announcement& wanted, int interface) {
  const StringList txt = to_string_list(wanted.txt);
  const AvahiProtocol protocol = to_avahi(wanted.protocol);
  int error = avahi_server_add_service_strlst(
      server_, group_, interface, protocol, no_flags, wanted.instance.c_str(), wanted.type.c_str(),
      or_default(wanted.domain), or_default(wanted.host), wanted.port, txt.get());
  for (const std::string& subtype : wanted.subtypes) {
    if (error != AVAHI_OK) break;
    error = avahi_server_add_service_subtype(server_, group_, interface, protocol, no_flags,
                                             wanted.instance.c_str(), wanted.type.c_str(),
                                             or_default(wanted.domain), subtype.c_str());
  }
  return error;
}

Answer CoreHolding::update_txt(const Announcement& wanted, const InterfaceIndexes& interfaces) {
  const StringList txt = to_string_list(wanted.txt);
  for (const int interface : interfaces) {
    const int error = avahi_server_update_service_txt_strlst(
        server_, group_, interface, to_avahi(wanted.protocol), no_flags, wanted.instance.c_str(),
        wanted.type.c_str(), or_default(wanted.domain), txt.get());
    if (error != AVAHI_OK) return answer_for("the responder refuses it", error);
  }
  return {};
}

Answer CoreHolding::clear() {
  if (group_ != nullptr) avahi_s_entry_group_reset(group_);
  return {};
}

Answer CoreHolding::release() {
  if (group_ != nullptr) avahi_s_entry_group_free(std::exchange(group_, nullptr));
  return {};
}

// An exception has no way through C: the child ends, and its parent starts another.
void CoreHolding::group_callback(AvahiServer* /*server*/, AvahiSEntryGroup* /*group*/,
                                 AvahiEntryGroupState state, void* self) noexcept {
  try {
    static_cast<CoreHolding*>(self)->on_group(state);
  } catch (const std::exception&) {
    std::_Exit(EXIT_FAILURE);
  }
}

void CoreHolding::on_group(AvahiEntryGroupState state) {
  if (state == AVAHI_ENTRY_GROUP_COLLISION) {
    on_state_(State::collision, "the name is taken on the link");
  } else if (state == AVAHI_ENTRY_GROUP_ESTABLISHED) {
    on_state_(State::established, "");
  } else if (state == AVAHI_ENTRY_GROUP_FAILURE) {
    on_state_(State::failed, avahi_words("the responder gave up", avahi_server_errno(server_)));
  }
}

}  // namespace srvwarden::daemon
