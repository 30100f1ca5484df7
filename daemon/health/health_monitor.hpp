// HealthMonitor: checks services at their intervals, and says which may be announced.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>

#include "health/health_settings.hpp"
#include "health/health_state.hpp"

namespace srvwarden::daemon {

/// What a service's checks now mean for its announcement.
struct HealthChange {
  std::string key;
  bool healthy = false;  ///< to be announced; else to be withdrawn, or not to be announced
  std::string words;     ///< one line for people, fit for a terminal: why
  /// Where it is withdrawn because it changed too often: not announced before this time.
  std::optional<std::chrono::system_clock::time_point> damped_until;
};

/// A service that is watched may be announced after its first success, and as long as its checks
/// do not fail too often in a row; see HealthState.
class HealthMonitor {
 public:
  /// Checks that are under way at once; more wait for their turn.
  static constexpr std::size_t most_at_once = 32;

  using Handler = std::function<void(const HealthChange&)>;

  /// @param on_change  is called from the loop, never from within a call of ours; it may call all
  ///                   of them.
  HealthMonitor(boost::asio::io_context& context, Handler on_change);
  HealthMonitor(const HealthMonitor&) = delete;
  HealthMonitor& operator=(const HealthMonitor&) = delete;
  ~HealthMonitor();  ///< as stop()

  /// Checks a service from now on, or by other settings from now on: what is known of it stays.
  /// The same call again does nothing. Settings with a fault are a failed check each time.
  ///
  /// @param service_port  what the settings' port 0 stands for, in host order.
  void watch(const std::string& key, const HealthSettings& settings, std::uint16_t service_port);
  /// A later watch() of the key begins anew.
  void forget(const std::string& key);
  /// Forgets all; whatever was started for a check is killed. Nothing is told any more.
  void stop();

  /// Whether its health allows a service to be announced; it does where nothing is watched.
  bool may_announce(const std::string& key) const;
  /// The last check's outcome in words; "not checked yet" before; empty: not watched.
  std::string last(const std::string& key) const;

 private:
  struct Watch;
  using Shared = std::shared_ptr<Watch>;

  void check_after(const Shared& watch, std::chrono::milliseconds wait);
  void queue(const Shared& watch);
  void run_queued();
  void check(const Shared& watch);
  void take(const Shared& watch, bool healthy, const std::string& words);
  void wake_when_released(const Shared& watch);
  void tell(const Watch& watch, HealthTurn turn);
  void drop(const Shared& watch);
  void release_slot(const Shared& watch);
  double random(double least, double most);

  boost::asio::io_context& context_;
  Handler on_change_;
  std::map<std::string, Shared> watches_;  // by key
  std::deque<std::weak_ptr<Watch>> queue_;
  std::size_t running_ = 0;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace srvwarden::daemon
