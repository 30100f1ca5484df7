// Reading durations and times.
// SPDX-License-Identifier: Apache-2.0
#include "history/when.hpp"

#include <charconv>
#include <cstdint>

#include "srvwarden/ascii.hpp"

namespace srvwarden::history {

namespace {

using std::chrono::seconds;

constexpr seconds longest = std::chrono::hours(24 * 36'500);

std::optional<seconds> unit_of(char letter) {
  switch (letter) {
    case 's':
      return seconds(1);
    case 'm':
      return std::chrono::minutes(1);
    case 'h':
      return std::chrono::hours(1);
    case 'd':
      return std::chrono::hours(24);
    case 'w':
      return std::chrono::hours(24 * 7);
    default:
      return {};
  }
}

/// Takes digits off a text, exactly `count` of them.
std::optional<int> take_number(std::string_view& text, std::size_t count) {
  if (text.size() < count) return {};
  int value = 0;
  for (const char c : text.substr(0, count)) {
    if (!ascii::is_digit(c)) return {};
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return value;
}

std::optional<int> take_number(std::string_view& text, char before, std::size_t count) {
  if (text.empty() || text.front() != before) return {};
  text.remove_prefix(1);
  return take_number(text, count);
}

/// What stands behind a date: "T08:30", "T08:30:15".
std::optional<seconds> take_clock(std::string_view& text) {
  if (text.empty()) return seconds(0);
  const auto hour = take_number(text, 'T', 2);
  const auto minute = take_number(text, ':', 2);
  const auto second = text.starts_with(':') ? take_number(text, ':', 2) : std::optional(0);
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return {};
  return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + seconds(*second);
}

}  // namespace

std::optional<seconds> parse_duration(std::string_view text) {
  if (text.size() < 2) return {};
  const auto unit = unit_of(text.back());
  std::int64_t number = 0;
  const char* const end = text.data() + text.size() - 1;
  const auto [stop, fault] = std::from_chars(text.data(), end, number);
  if (!unit || fault != std::errc() || stop != end || number < 1) return {};
  if (number > longest / *unit) return {};
  return number * *unit;
}

std::optional<wire::Time> parse_when(std::string_view text, wire::Time now) {
  if (const auto ago = parse_duration(text)) return now - *ago;
  const auto year = take_number(text, 4);
  const auto month = take_number(text, '-', 2);
  const auto day = take_number(text, '-', 2);
  if (!year || !month || !day || *year < 1970 || *year > 2200) return {};
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return {};
  if (text.ends_with('Z')) text.remove_suffix(1);
  const auto clock = take_clock(text);
  if (!clock || !text.empty()) return {};
  return wire::Time(std::chrono::sys_days(date) + *clock);
}

}  // namespace srvwarden::history
