// HealthState: whether a service counts as healthy, from the outcomes of its checks. No clock.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace srvwarden::daemon {

/// What an outcome or the time that passed means for the service's announcement.
enum class HealthTurn : std::uint8_t {
  none,  ///< as before
  up,    ///< may be announced from now on
  down,  ///< is to be withdrawn, or is not to be announced
  held,  ///< well again, but changed too often: stays withdrawn until held_until(); once a hold
};

/// Counts outcomes in a row, and damps flapping as routers do (RFC 2439): each change of mind costs
/// a penalty, which halves with time.
class HealthState {
 public:
  using Time = std::chrono::steady_clock::time_point;

  static constexpr double penalty_of_a_change = 1000;
  static constexpr std::chrono::seconds half_life{60};
  static constexpr double hold_above = 3000;
  static constexpr double release_at = 1000;
  static constexpr double highest_penalty = 8000;  ///< so that no hold is longer than 3 half-lives

  /// @param failures   in a row that make it unhealthy, from the start on; 0 counts as 1.
  /// @param successes  in a row that make it healthy again; the first of all needs no second.
  HealthState(unsigned failures, unsigned successes) { set_thresholds(failures, successes); }
  /// Keeps what is known.
  void set_thresholds(unsigned failures, unsigned successes) noexcept;

  /// Takes a check's outcome. Times must not run backwards.
  HealthTurn take(bool success, Time now);
  /// Says `up` where a hold has run out and the service is well.
  HealthTurn wake(Time now);

  bool announced() const noexcept { return announced_; }
  /// When a hold ends if nothing changes until then; nothing: not held.
  std::optional<Time> held_until() const noexcept { return held_until_; }
  double penalty(Time now) const;

 private:
  void punish(Time now);

  unsigned failures_ = 1;
  unsigned successes_ = 1;
  unsigned in_row_ = 0;         ///< outcomes against the present belief
  std::optional<bool> belief_;  ///< by the thresholds alone; nothing: no verdict yet
  bool announced_ = false;      ///< belief, as far as no hold forbids it
  double penalty_ = 0;          ///< at the time of the last change
  Time changed_{};
  std::optional<Time> held_until_;
  bool held_told_ = false;  ///< that it is well again, and held
};

}  // namespace srvwarden::daemon
