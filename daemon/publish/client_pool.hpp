// ClientPool: connections to avahi-daemon, as many as its limit of groups for each asks for.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <avahi-client/client.h>
#include <avahi-client/publish.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace srvwarden::daemon {

/// avahi-daemon lets a client have so many objects (objects-per-client-max, 1024 as shipped), and
/// each connection is a client to it. Every call blocks for as long as the bus and the daemon do.
class ClientPool {
 public:
  /// A daemon that gives so many connections and still has no room is not asked for more.
  static constexpr std::size_t most = 64;

  /// Gets the states of the first connection, and the failure of any; also from within open() and
  /// new_group(). It must not call back into the pool then.
  using StateHandler = std::function<void(AvahiClient* client, AvahiClientState state)>;

  ClientPool(const AvahiPoll* poll, StateHandler on_state);
  ~ClientPool();

  /// Connects. Where avahi-daemon is not there yet, the state says so, and changes when it comes.
  ///
  /// @return  AVAHI_OK, or why there is not even a bus.
  int open();
  /// Disconnects; avahi-daemon withdraws all that our groups held. They are freed, without a call.
  void close();
  /// A group on any of the connections; the pool owns it until avahi_entry_group_free or close().
  ///
  /// @return  null where none is given; error says why.
  AvahiEntryGroup* new_group(AvahiEntryGroupCallback callback, void* user, int& error);

 private:
  struct Connection;

  int connect();
  static void on_client(AvahiClient* client, AvahiClientState state, void* connection) noexcept;

  const AvahiPoll* poll_;
  StateHandler on_state_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::size_t current_ = 0;  ///< the one that gave the last group
};

}  // namespace srvwarden::daemon
