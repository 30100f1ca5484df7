// HealthMonitor: the queue of checks, and what their outcomes are worth.
// SPDX-License-Identifier: Apache-2.0
#include "health/health_monitor.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <ctime>
#include <utility>

#include "health/probe.hpp"
#include "health/probe_kinds.hpp"

namespace srvwarden::daemon {

namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
using WallClock = std::chrono::system_clock;

constexpr milliseconds first_within{1000};   // of many services that are watched at once
constexpr milliseconds shortest_pause{100};  // where a check took longer than its interval
constexpr milliseconds longest_pause{3'600'000};
constexpr double jitter = 0.1;  // of an interval, either way

WallClock::time_point on_the_wall(Clock::time_point time) {
  return WallClock::now() + std::chrono::duration_cast<WallClock::duration>(time - Clock::now());
}

std::string time_of_day(WallClock::time_point time) {
  const std::time_t seconds = WallClock::to_time_t(time);
  std::tm local{};
  localtime_r(&seconds, &local);
  std::array<char, 16> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%H:%M:%S", &local)};
}

std::string words_for_hold(WallClock::time_point until) {
  return "; it changed too often, and is not announced before " + time_of_day(until);
}

}  // namespace

/// One service. Only the monitor keeps it: where a handler can still lock it, the monitor is there.
struct HealthMonitor::Watch {
  Watch(boost::asio::io_context& context, std::string name, const HealthSettings& wanted,
        std::uint16_t service_port)
      : key(std::move(name)),
        settings(wanted),
        port(service_port),
        state(wanted.failures, wanted.successes),
        next(context),
        release(context) {}

  std::string key;
  HealthSettings settings;
  std::uint16_t port;
  HealthState state;
  std::string words = "not checked yet";
  boost::asio::steady_timer next;     // the next check
  boost::asio::steady_timer release;  // the end of a hold
  Clock::time_point began{};          // the check under way, or the last one
  std::shared_ptr<Probe> probe;       // under way, or the last one
  bool running = false;
};

HealthMonitor::HealthMonitor(boost::asio::io_context& context, Handler on_change)
    : context_(context), on_change_(std::move(on_change)) {}

HealthMonitor::~HealthMonitor() { stop(); }

void HealthMonitor::watch(const std::string& key, const HealthSettings& settings,
                          std::uint16_t service_port) {
  Shared& mine = watches_[key];
  if (!mine) {
    mine = std::make_shared<Watch>(context_, key, settings, service_port);
  } else if (mine->settings == settings && mine->port == service_port) {
    return;
  } else {
    drop(mine);
    auto renewed = std::make_shared<Watch>(context_, key, settings, service_port);
    renewed->state = mine->state;
    renewed->state.set_thresholds(settings.failures, settings.successes);
    renewed->words = mine->words;
    renewed->probe = mine->probe;  // what it leaves behind may still be dying
    mine = std::move(renewed);
    wake_when_released(mine);
  }
  const milliseconds longest = std::clamp(settings.interval, shortest_pause, first_within);
  check_after(mine, std::chrono::duration_cast<milliseconds>(longest * random(0, 1)));
}

void HealthMonitor::forget(const std::string& key) {
  const auto found = watches_.find(key);
  if (found == watches_.end()) return;
  drop(found->second);
  watches_.erase(found);
}

void HealthMonitor::stop() {
  queue_.clear();
  for (auto& [key, watch] : watches_) drop(watch);
  watches_.clear();
}

bool HealthMonitor::may_announce(const std::string& key) const {
  const auto found = watches_.find(key);
  return found == watches_.end() || found->second->state.announced();
}

std::string HealthMonitor::last(const std::string& key) const {
  const auto found = watches_.find(key);
  if (found == watches_.end()) return "";
  const Watch& watch = *found->second;
  const auto until = watch.state.held_until();
  return until ? watch.words + words_for_hold(on_the_wall(*until)) : watch.words;
}

void HealthMonitor::drop(const Shared& watch) {
  watch->next.cancel();
  watch->release.cancel();
  if (watch->probe) watch->probe->cancel();
  release_slot(watch);
}

void HealthMonitor::release_slot(const Shared& watch) {
  if (!std::exchange(watch->running, false)) return;
  --running_;
  run_queued();
}

void HealthMonitor::check_after(const Shared& watch, milliseconds wait) {
  watch->next.expires_after(wait);
  watch->next.async_wait(
      [this, weak = std::weak_ptr<Watch>(watch)](boost::system::error_code error) {
        const Shared mine = weak.lock();
        if (!error && mine) queue(mine);
      });
}

void HealthMonitor::queue(const Shared& watch) {
  queue_.push_back(watch);
  run_queued();
}

void HealthMonitor::run_queued() {
  while (running_ < most_at_once && !queue_.empty()) {
    const Shared watch = queue_.front().lock();
    queue_.pop_front();
    if (watch) check(watch);
  }
}

// A probe never answers from within start(), and neither do the outcomes that need none.
void HealthMonitor::check(const Shared& watch) {
  ++running_;
  watch->running = true;
  watch->began = Clock::now();
  const auto take_it = [this, weak = std::weak_ptr<Watch>(watch)](const ProbeResult& result) {
    if (const Shared mine = weak.lock()) take(mine, result.healthy, result.words);
  };
  std::string obstacle;
  if (const auto fault = health_fault(watch->settings, watch->port)) {
    obstacle = "the health check's " + std::string(fault->field) + ' ' + fault->words;
  } else if (watch->probe) {
    obstacle = watch->probe->leftover();
  }
  if (!obstacle.empty()) {
    return boost::asio::post(context_, [take_it, obstacle] { take_it({false, obstacle}); });
  }
  watch->probe = make_probe(context_, watch->settings, watch->port);
  watch->probe->start(take_it);
}

// Telling is the last thing done: the handler may forget this service, or all.
void HealthMonitor::take(const Shared& watch, bool healthy, const std::string& words) {
  watch->words = words;
  const auto now = Clock::now();
  const auto took = std::chrono::duration_cast<milliseconds>(now - watch->began);
  const milliseconds interval = std::clamp(watch->settings.interval, shortest_pause, longest_pause);
  const auto jittered =
      std::chrono::duration_cast<milliseconds>(interval * random(1 - jitter, 1 + jitter));
  check_after(watch, std::max(jittered - took, shortest_pause));
  release_slot(watch);
  const HealthTurn turn = watch->state.take(healthy, now);
  wake_when_released(watch);
  tell(*watch, turn);
}

void HealthMonitor::wake_when_released(const Shared& watch) {
  const auto until = watch->state.held_until();
  if (!until || watch->release.expiry() == *until) return;
  watch->release.expires_at(*until);
  watch->release.async_wait(
      [this, weak = std::weak_ptr<Watch>(watch)](boost::system::error_code error) {
        const Shared mine = weak.lock();
        if (!error && mine) tell(*mine, mine->state.wake(Clock::now()));
      });
}

void HealthMonitor::tell(const Watch& watch, HealthTurn turn) {
  if (turn == HealthTurn::none) return;
  HealthChange change{watch.key, turn == HealthTurn::up, watch.words, std::nullopt};
  if (turn == HealthTurn::down && watch.settings.failures > 1) {
    change.words += " (" + std::to_string(watch.settings.failures) + " times in a row)";
  }
  if (const auto until = watch.state.held_until()) {
    change.damped_until = on_the_wall(*until);
    change.words += words_for_hold(*change.damped_until);
  }
  const Handler on_change = on_change_;  // it may destroy us
  on_change(change);
}

double HealthMonitor::random(double least, double most) {
  return std::uniform_real_distribution<double>(least, most)(random_);
}

}  // namespace srvwarden::daemon
