// The loops that the contract of AvahiPoll is tested on: ours, and Avahi's own as the measure.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <avahi-common/simple-watch.h>

#include <boost/mpl/list.hpp>
#include <chrono>

#include "publish/asio_poll.hpp"

namespace srvwarden::daemon {

/// Each loop: the AvahiPoll, and one turn that waits for at most some milliseconds.
class AsioLoop {
 public:
  const AvahiPoll* api() { return poll_.api(); }
  void turn(int milliseconds) {
    context_.restart();
    context_.run_one_for(std::chrono::milliseconds(milliseconds));
    for (int i = 0; i < 3; ++i) context_.poll_one();  // not poll(): what persists never ends
  }

 private:
  boost::asio::io_context context_;
  srvwarden::daemon::AsioPoll poll_{context_};
};

class SimpleLoop {
 public:
  SimpleLoop() : poll_(avahi_simple_poll_new()) {}
  SimpleLoop(const SimpleLoop&) = delete;
  SimpleLoop& operator=(const SimpleLoop&) = delete;
  ~SimpleLoop() { avahi_simple_poll_free(poll_); }
  const AvahiPoll* api() { return avahi_simple_poll_get(poll_); }
  void turn(int milliseconds) { avahi_simple_poll_iterate(poll_, milliseconds); }

 private:
  AvahiSimplePoll* poll_;
};

using Loops = boost::mpl::list<AsioLoop, SimpleLoop>;

constexpr int long_turn = 2000;  // milliseconds; ends as soon as something happens
constexpr int short_turn = 20;   // long enough for what must not happen

}  // namespace srvwarden::daemon
