// Probe: its time-out, and that it answers once.
// SPDX-License-Identifier: Apache-2.0
#include "health/probe.hpp"

#include <boost/asio/post.hpp>
#include <utility>

namespace srvwarden::daemon {

void Probe::start(Done done) {
  done_ = std::move(done);
  timer_.expires_after(timeout_);
  timer_.async_wait([me = shared_from_this()](boost::system::error_code error) {
    if (error || me->finished_) return;
    me->finish(false, me->waiting_for() + " within " + words_for(me->timeout_));
  });
  begin();
}

void Probe::cancel() {
  done_ = nullptr;
  if (std::exchange(finished_, true)) return;
  timer_.cancel();
  end();
}

void Probe::finish(bool healthy, std::string words) {
  if (std::exchange(finished_, true)) return;
  timer_.cancel();
  end();
  boost::asio::post(context_, [me = shared_from_this(),
                               result = ProbeResult{healthy, std::move(words)}]() mutable {
    if (const Done done = std::exchange(me->done_, nullptr)) done(std::move(result));
  });
}

std::string words_for(std::chrono::milliseconds time) {
  const auto count = time.count();
  if (count < 1000) return std::to_string(count) + " ms";
  std::string words = std::to_string(count / 1000);
  if (const auto rest = count % 1000; rest != 0) {
    words += '.' + std::to_string(1000 + rest).substr(1);
    words.erase(words.find_last_not_of('0') + 1);
  }
  return words + " s";
}

}  // namespace srvwarden::daemon
