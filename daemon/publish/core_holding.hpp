// CoreHolding: one announcement's entries in libavahi-core's server, in one group.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <avahi-core/core.h>
#include <avahi-core/publish.h>

#include "publish/registrar.hpp"

namespace srvwarden::daemon {

class CoreHolding final : public Holding {
 public:
  /// The server must outlive it; what was not released is withdrawn when the server is freed.
  CoreHolding(AvahiServer* server, Registrar::StateHandler on_state);

  Answer put(const Announcement& wanted, const InterfaceIndexes& interfaces) override;
  Answer update_txt(const Announcement& wanted, const InterfaceIndexes& interfaces) override;
  Answer clear() override;
  Answer release() override;

 private:
  int add_entries(const Announcement& wanted, int interface);
  void on_group(AvahiEntryGroupState state);
  static void group_callback(AvahiServer* server, AvahiSEntryGroup* group,
                             AvahiEntryGroupState state, void* self) noexcept;

  AvahiServer* server_;
  Registrar::StateHandler on_state_;
  AvahiSEntryGroup* group_ = nullptr;  ///< the server's
};

}  // namespace srvwarden::daemon
