// QuestionPlan: when to ask which question, so that asking disturbs nobody. No clock, no socket.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "srvwarden/mdns_message.hpp"

namespace srvwarden::link {

/// A question is asked at once, again after a second, and then after twice the time each, up to an
/// hour. RFC 6762 §5.2.
class QuestionPlan {
 public:
  using Duration = std::chrono::milliseconds;  ///< since any start

  struct Question {
    std::string name;  ///< wire format, as first wanted
    wire::Type type{};
  };

  /// At most so many questions are in mind; others are not asked.
  explicit QuestionPlan(std::size_t limit = 100'000) : limit_(limit) {}

  /// From now on the question is asked, if it is not already.
  void want(wire::NameView name, wire::Type type, Duration now);
  /// It is answered: asked no more, until it is wanted again.
  void drop(wire::NameView name, wire::Type type);

  /// The questions to ask now, which then count as asked.
  std::vector<Question> take_due(Duration now);
  /// When the next question is due; nothing if none is wanted.
  std::optional<Duration> next() const;

 private:
  struct Entry {
    Question question;
    Duration due{};
    Duration interval{};
  };
  using Key = std::pair<std::string, wire::Type>;  ///< folded name

  std::size_t limit_;
  std::map<Key, Entry> entries_;
};

}  // namespace srvwarden::link
