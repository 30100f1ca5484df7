// EmbeddedPublisher: announces through a responder child, and starts another when it dies.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <vector>

#include "publish/backoff.hpp"
#include "publish/frame_stream.hpp"
#include "publish/publisher.hpp"
#include "publish/responder_options.hpp"

namespace srvwarden::daemon {

/// The child is the program srvwardend-responder beside ours, or else the installed one. It
/// withdraws everything when we are gone, however we went.
class EmbeddedPublisher final : public Publisher {
 public:
  EmbeddedPublisher(boost::asio::io_context& context, ResponderOptions options,
                    EventHandler on_event);
  ~EmbeddedPublisher() override;  ///< kills a child that is left

  void start() override;
  void publish(const Announcement& announcement) override;
  void withdraw(const std::string& key) override;
  void stop() override;

 private:
  void spawn();
  bool on_body(const std::string& body);
  void on_end(int attempt);
  void on_death(int wait_status);
  void spawn_later();

  boost::asio::io_context& context_;
  ResponderOptions options_;
  EventHandler on_event_;
  std::shared_ptr<FrameStream> stream_;
  boost::asio::steady_timer timer_;
  Backoff backoff_;
  pid_t pid_ = -1;
  bool stopping_ = false;
  bool explained_ = false;  ///< the child said itself why it ends
};

/// The child's command line, the program's name first.
std::vector<std::string> responder_arguments(const ResponderOptions& options);

}  // namespace srvwarden::daemon
