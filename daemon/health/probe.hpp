// Probe: one question to one service, answered once and in time.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace srvwarden::daemon {

struct ProbeResult {
  bool healthy = false;
  std::string words;  ///< one line for people, fit for a terminal: what was found, or what failed
};

/// Made anew for each question. Asynchronous handlers keep it alive; after cancel() or its result
/// it has closed whatever it held, and says nothing more.
class Probe : public std::enable_shared_from_this<Probe> {
 public:
  using Done = std::function<void(ProbeResult)>;

  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;
  virtual ~Probe() = default;

  /// Asks, once. @param done  is called once, never from within start(), unless it is cancelled.
  void start(Done done);
  void cancel();
  /// Whether all that it started has ended: only then may another be started. Empty: it has; else
  /// what is still there.
  virtual std::string leftover() const { return ""; }

 protected:
  Probe(boost::asio::io_context& context, std::chrono::milliseconds timeout)
      : context_(context), timer_(context), timeout_(timeout) {}

  /// The first result counts; others are ignored.
  void finish(bool healthy, std::string words);
  bool finished() const noexcept { return finished_; }
  boost::asio::io_context& context() noexcept { return context_; }
  /// For handlers of the loop.
  template <typename Derived>
  std::shared_ptr<Derived> self() {
    return std::static_pointer_cast<Derived>(shared_from_this());
  }
  /// For handlers that parts of the probe keep: two that keep each other would never go.
  template <typename Derived>
  std::weak_ptr<Derived> weak_self() {
    return self<Derived>();
  }

 private:
  virtual void begin() = 0;
  /// Closes everything. Called once, as soon as nobody waits for an answer any more.
  virtual void end() = 0;
  /// What it was still waiting for: "no answer to ...".
  virtual std::string waiting_for() const = 0;

  boost::asio::io_context& context_;
  boost::asio::steady_timer timer_;
  std::chrono::milliseconds timeout_;
  Done done_;
  bool finished_ = false;
};

/// "3 s", "1.5 s", "250 ms".
std::string words_for(std::chrono::milliseconds time);

}  // namespace srvwarden::daemon
