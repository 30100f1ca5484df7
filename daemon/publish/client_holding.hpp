// ClientHolding: one announcement's entries in avahi-daemon, in as many groups as they need.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <avahi-client/publish.h>

#include <cstddef>
#include <string>
#include <vector>

#include "publish/client_pool.hpp"
#include "publish/registrar.hpp"

namespace srvwarden::daemon {

/// avahi-daemon takes so many entries in one group (entries-per-entry-group-max, 32 as shipped):
/// what does not fit goes into another. No group is shared by announcements, since a collision and
/// a change are a whole group's.
class ClientHolding final : public Holding {
 public:
  /// The pool must outlive it, and free its groups no earlier than it is destroyed.
  ClientHolding(ClientPool& pool, Registrar::StateHandler on_state);

  Answer put(const Announcement& wanted, const InterfaceIndexes& interfaces) override;
  Answer update_txt(const Announcement& wanted, const InterfaceIndexes& interfaces) override;
  Answer clear() override;
  Answer release() override;

 private:
  struct Group {
    AvahiEntryGroup* handle = nullptr;  ///< the pool's
    AvahiEntryGroupState state = AVAHI_ENTRY_GROUP_UNCOMMITED;
    std::size_t entries = 0;
    bool committed = false;
    std::size_t stale = 0;  ///< resets whose signal is still to come, behind older states
  };

  template <class Add>
  Answer add(const std::string& what, Add add_to);
  Answer add_service(const Announcement& wanted, int interface);
  Answer add_subtype(const Announcement& wanted, int interface, const std::string& subtype);
  Answer reset(Group& group);
  Answer free_from(std::size_t place);
  Answer commit();
  void on_group(AvahiEntryGroup* handle, AvahiEntryGroupState state);
  static void group_callback(AvahiEntryGroup* group, AvahiEntryGroupState state,
                             void* self) noexcept;

  ClientPool& pool_;
  Registrar::StateHandler on_state_;
  std::vector<Group> groups_;
  std::size_t place_ = 0;                      ///< of the group that is being filled
  std::vector<AvahiEntryGroup*> services_on_;  ///< the group of each interface's service
};

}  // namespace srvwarden::daemon
