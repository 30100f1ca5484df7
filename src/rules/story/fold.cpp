// Telling equal events together.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>

#include "rules/story/narrator.hpp"

namespace srvwarden::rules::story {

namespace {

constexpr std::array<EventRow, 13> rows = {{
    {EventKind::asked, "asked", 2},
    {EventKind::probed, "probed", 12},
    {EventKind::tie_break, "tie-break", 2},
    {EventKind::conflict, "conflict", 2},
    {EventKind::announced, "announced", 4},
    {EventKind::answered, "answered", 2},
    {EventKind::updated, "updated", 20},
    {EventKind::suppressed, "suppressed", 1},
    {EventKind::in_vain, "asked-in-vain", 1},
    {EventKind::second_sender, "second-sender", 1},
    {EventKind::renamed, "renamed", 4, true},
    {EventKind::goodbye, "goodbye", 4, true},
    {EventKind::expired, "expired", 4, true},
}};

void append(std::string& key, std::string_view text) {
  key.append(std::to_string(text.size())).append(":").append(text);
}

/// What makes two events the same but for their time.
std::string key_of(const Event& event) {
  std::string key(1, static_cast<char>(event.kind));
  key += static_cast<char>(event.outcome);
  key += event.unicast ? 'u' : 'm';
  append(key, event.who.address.text());
  append(key, event.whom ? event.whom->address.text() : "");
  append(key, event.reason);
  for (const std::string& record : event.records) append(key, record);
  key += '?';
  for (const std::string& question : event.questions) append(key, question);
  for (const Change& change : event.changes) {
    append(key, change.what);
    append(key, change.from);
    append(key, change.to);
  }
  return key;
}

struct Told {
  std::uint64_t times = 0;
  std::size_t together = 0;  ///< index of the event that tells further ones
};

void tell_together(Event& with, const Event& event) {
  ++with.times;
  with.until = event.time;
  with.last_packet = event.packet;
}

}  // namespace

const EventRow& row_of(EventKind kind) noexcept { return rows[static_cast<std::size_t>(kind)]; }

std::vector<Event> fold_events(std::vector<Event> events) {
  std::vector<Event> out;
  std::map<std::string, Told> told;
  for (Event& event : events) {
    const EventRow& row = row_of(event.kind);
    Told& before = told[key_of(event)];
    ++before.times;
    if (before.times > row.shown + 1u) {
      tell_together(out[before.together], event);
      continue;
    }
    before.together = out.size();
    out.push_back(std::move(event));
    if (!row.turns) continue;
    std::erase_if(told, [](const auto& entry) {
      return !row_of(static_cast<EventKind>(entry.first.front())).turns;
    });
  }
  return out;
}

std::uint64_t shorten(std::vector<Event>& events, std::size_t most) {
  if (events.size() <= most) return 0;
  const std::uint64_t removed = events.size() - most;
  const auto begin = events.begin() + static_cast<std::ptrdiff_t>(most / 2);
  events.erase(begin, begin + static_cast<std::ptrdiff_t>(removed));
  return removed;
}

}  // namespace srvwarden::rules::story
