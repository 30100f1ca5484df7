// AsioPoll: Avahi's event loop interface (AvahiPoll) on top of a Boost.Asio io_context.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <avahi-common/watch.h>

#include <boost/asio/io_context.hpp>
#include <memory>

namespace srvwarden::daemon {

/// Lends an io_context to Avahi, for one thread: the one that runs the io_context.
///
/// Every Avahi object that was made with api() must be freed before the AsioPoll is. Watches and
/// timeouts may be updated and freed inside any callback, their own too. Watches on the same
/// descriptor share one duplicate of it, since a descriptor can be in an io_context only once, and
/// so that Asio never closes what Avahi owns. As with poll(2), AVAHI_WATCH_HUP and AVAHI_WATCH_ERR
/// are reported whether asked for or not, and again until they are gone or the watch is freed.
class AsioPoll {
 public:
  explicit AsioPoll(boost::asio::io_context& context);
  AsioPoll(const AsioPoll&) = delete;
  AsioPoll& operator=(const AsioPoll&) = delete;
  ~AsioPoll();

  /// Lives as long as this object.
  const AvahiPoll* api() const noexcept;

  struct State;  ///< the adapter's own; nothing for others

 private:
  std::unique_ptr<State> state_;
};

}  // namespace srvwarden::daemon
