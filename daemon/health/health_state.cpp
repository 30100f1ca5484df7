// HealthState: thresholds, and what a change of mind costs.
// SPDX-License-Identifier: Apache-2.0
#include "health/health_state.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace srvwarden::daemon {

namespace {

using Seconds = std::chrono::duration<double>;

}  // namespace

void HealthState::set_thresholds(unsigned failures, unsigned successes) noexcept {
  failures_ = std::max(failures, 1U);
  successes_ = std::max(successes, 1U);
}

HealthTurn HealthState::take(bool success, Time now) {
  const HealthTurn woken = wake(now);
  if (belief_ == success) {
    in_row_ = 0;
    return woken;
  }
  ++in_row_;
  const bool first = !belief_;
  if (in_row_ < (success ? (first ? 1 : successes_) : failures_)) return woken;
  in_row_ = 0;
  belief_ = success;
  if (!first) punish(now);
  if (success && held_until_) {
    return std::exchange(held_told_, true) ? HealthTurn::none : HealthTurn::held;
  }
  const bool was_announced = announced_;
  announced_ = success;
  if (success) return HealthTurn::up;
  return was_announced || first ? HealthTurn::down : HealthTurn::none;
}

HealthTurn HealthState::wake(Time now) {
  if (!held_until_ || now < *held_until_) return HealthTurn::none;
  held_until_.reset();
  held_told_ = false;
  if (belief_ != true) return HealthTurn::none;
  announced_ = true;
  return HealthTurn::up;
}

double HealthState::penalty(Time now) const {
  return penalty_ * std::exp2(-(Seconds(now - changed_) / Seconds(half_life)));
}

void HealthState::punish(Time now) {
  penalty_ = std::min(penalty(now) + penalty_of_a_change, highest_penalty);
  changed_ = now;
  if (penalty_ <= hold_above && !held_until_) return;
  const Seconds wait = std::log2(penalty_ / release_at) * Seconds(half_life);
  held_until_ = now + std::chrono::ceil<Time::duration>(wait);
}

}  // namespace srvwarden::daemon
