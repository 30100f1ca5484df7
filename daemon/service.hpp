// Service: one service that is wanted, what was told of it, and the state that follows.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "status.hpp"

namespace srvwarden::daemon {

/// What its health check says. A service that is not checked is taken for healthy.
enum class Health : std::uint8_t { unchecked, unknown, good, bad };

class Service {
 public:
  Service(std::string path, Announcement announcement)
      : announcement_(std::move(announcement)), path_(std::move(path)) {}

  const std::string& path() const noexcept { return path_; }
  const Announcement& announcement() const noexcept { return announcement_; }
  /// Asks for something else under the same key. What was told of the old is void, but for orders.
  void change(Announcement announcement);

  /// Whether the publisher has it, as it is now.
  bool is_sent() const noexcept { return sent_; }
  void set_sent(bool sent);
  void set_told(State state, std::string detail);
  std::optional<State> told() const noexcept { return told_; }
  /// @param everywhere  on all interfaces that it is meant for, of which there is one at least.
  void set_heard(std::vector<std::string> interfaces, bool everywhere);
  /// @param words  the last outcome, for people.
  void set_health(Health health, std::string words);
  Health health() const noexcept { return health_; }
  void set_ordered_back(bool back) noexcept { ordered_back_ = back; }
  bool is_ordered_back() const noexcept { return ordered_back_; }

  /// Whether it must not be announced now.
  Hold hold() const noexcept;
  /// Draws the state from all of that.
  ///
  /// @param trouble  why nothing is announced at all; empty where the publisher is up.
  /// @return         whether anything that status() says has changed.
  bool settle(const std::string& trouble);
  /// @param wanted  the instance name that was asked for.
  ServiceStatus status(const std::string& wanted) const;

 private:
  ServiceState draw(const std::string& trouble, std::string& why) const;

  Announcement announcement_;
  std::string path_;
  bool sent_ = false;
  bool was_announced_ = false;
  std::optional<State> told_;
  std::string detail_;
  std::vector<std::string> heard_on_;
  bool heard_everywhere_ = false;
  Health health_ = Health::unchecked;
  std::string health_words_;
  bool ordered_back_ = false;
  bool fresh_ = true;  ///< never settled
  bool dirty_ = false;
  ServiceState state_ = ServiceState::waiting;
  std::string why_;
  std::chrono::system_clock::time_point since_{};
};

}  // namespace srvwarden::daemon
