// Webhook: posts JSON to a URL, from a thread of its own.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "log.hpp"
#include "watch/worker.hpp"

namespace srvwarden::daemon {

struct WebhookTimes {
  std::chrono::milliseconds connect{5'000};
  std::chrono::milliseconds whole{15'000};  ///< from the connection to the end of the answer
  /// Before each further try; after the last one a post is given up.
  std::vector<std::chrono::milliseconds> pauses = {std::chrono::seconds(1), std::chrono::seconds(4),
                                                   std::chrono::seconds(16),
                                                   std::chrono::seconds(60)};
};

struct WebhookCounts {
  std::uint64_t delivered = 0;
  std::uint64_t failed = 0;   ///< given up
  std::uint64_t dropped = 0;  ///< newer ones took their place
};

class Webhook {
 public:
  static constexpr std::size_t most_waiting = 64;

  /// Context and log must outlive this; what cannot be delivered is logged on the context.
  Webhook(boost::asio::io_context& context, Log& log, std::string url, WebhookTimes times = {});
  ~Webhook();

  /// An answer of 2xx is a delivery. 408, 429, 5xx and what fails on the way are tried again;
  /// redirects are not followed.
  void post(std::string json);
  WebhookCounts counts() const;
  /// @return  false where a transfer hangs in the system: leave without it.
  bool stop();

 private:
  struct State;
  std::shared_ptr<State> state_;
  Worker worker_;
};

}  // namespace srvwarden::daemon
