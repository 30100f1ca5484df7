// AvahiPublisher: a ClientPublisher on a thread of its own, since libavahi-client blocks.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>

#include "publish/publisher.hpp"

namespace srvwarden::daemon {

/// Events come on the io_context given. Destroying it without a Stopped abandons the thread, which
/// may be blocked for as long as the bus is silent: end the process then with std::_Exit.
class AvahiPublisher final : public Publisher {
 public:
  AvahiPublisher(boost::asio::io_context& main, EventHandler on_event);
  ~AvahiPublisher() override;

  void start() override;
  void publish(const Announcement& announcement) override;
  void withdraw(const std::string& key) override;
  void stop() override;

 private:
  struct Worker;
  std::shared_ptr<EventHandler> on_event_;
  std::shared_ptr<Worker> worker_;  ///< shared with its thread
};

}  // namespace srvwarden::daemon
