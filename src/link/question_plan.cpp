// The intervals of RFC 6762 §5.2.
// SPDX-License-Identifier: Apache-2.0
#include "link/question_plan.hpp"

#include <algorithm>

#include "link/question_key.hpp"

namespace srvwarden::link {

namespace {

constexpr QuestionPlan::Duration first_interval = std::chrono::seconds(1);
constexpr QuestionPlan::Duration last_interval = std::chrono::hours(1);

std::pair<std::string, wire::Type> key_of(wire::NameView name, wire::Type type) {
  return {folded(name), type};
}

}  // namespace

void QuestionPlan::want(wire::NameView name, wire::Type type, Duration now) {
  if (entries_.size() >= limit_) return;
  entries_.try_emplace(key_of(name, type),
                       Entry{{std::string(name.octets()), type}, now, first_interval});
}

void QuestionPlan::drop(wire::NameView name, wire::Type type) {
  entries_.erase(key_of(name, type));
}

std::vector<QuestionPlan::Question> QuestionPlan::take_due(Duration now) {
  std::vector<Question> due;
  for (auto& [key, entry] : entries_) {
    if (entry.due > now) continue;
    due.push_back(entry.question);
    entry.due = now + entry.interval;
    entry.interval = std::min(entry.interval * 2, last_interval);
  }
  return due;
}

std::optional<QuestionPlan::Duration> QuestionPlan::next() const {
  const auto first =
      std::ranges::min_element(entries_, {}, [](const auto& entry) { return entry.second.due; });
  if (first == entries_.end()) return std::nullopt;
  return first->second.due;
}

}  // namespace srvwarden::link
