// Service: from what was told to one state.
// SPDX-License-Identifier: Apache-2.0
#include "service.hpp"

#include <utility>

namespace srvwarden::daemon {

void Service::change(Announcement announcement) {
  announcement_ = std::move(announcement);
  set_sent(false);
  dirty_ = true;
}

void Service::set_sent(bool sent) {
  sent_ = sent;
  told_.reset();
  detail_.clear();
  if (!sent) set_heard({}, false);
}

void Service::set_told(State state, std::string detail) {
  told_ = state;
  detail_ = std::move(detail);
  was_announced_ = was_announced_ || state == State::established;
}

void Service::set_heard(std::vector<std::string> interfaces, bool everywhere) {
  dirty_ = dirty_ || heard_on_ != interfaces;
  heard_on_ = std::move(interfaces);
  heard_everywhere_ = everywhere;
}

void Service::set_health(Health health, std::string words) {
  dirty_ = dirty_ || health_words_ != words;
  health_ = health;
  health_words_ = std::move(words);
}

Hold Service::hold() const noexcept {
  if (ordered_back_) return Hold::order;
  return health_ == Health::bad || health_ == Health::unknown ? Hold::health : Hold::none;
}

ServiceState Service::draw(const std::string& trouble, std::string& why) const {
  if (ordered_back_) {
    why = "by order";
    return ServiceState::withdrawn;
  }
  if (health_ == Health::bad) {
    why = "health: " + health_words_;
    return ServiceState::withdrawn;
  }
  if (health_ == Health::unknown) {
    why = "for its first health check";
    return ServiceState::waiting;
  }
  if (!trouble.empty()) {
    why = trouble;
    return was_announced_ ? ServiceState::lost : ServiceState::waiting;
  }
  why = detail_;
  if (told_ == State::failed) return ServiceState::failed;
  if (told_ != State::established) return ServiceState::probing;
  return heard_everywhere_ ? ServiceState::verified : ServiceState::established;
}

bool Service::settle(const std::string& trouble) {
  std::string why;
  const ServiceState state = draw(trouble, why);
  const bool entered = std::exchange(fresh_, false) || state != state_;
  const bool changed = entered || why != why_;
  if (entered) since_ = std::chrono::system_clock::now();
  state_ = state;
  why_ = std::move(why);
  return std::exchange(dirty_, false) || changed;
}

ServiceStatus Service::status(const std::string& wanted) const {
  ServiceStatus status;
  status.announcement = announcement_;
  status.file = path_;
  status.wanted = wanted;
  status.state = state_;
  status.since = since_;
  status.why = why_;
  status.verified_on = heard_on_;
  status.hold = hold();
  status.health = health_words_;
  return status;
}

}  // namespace srvwarden::daemon
