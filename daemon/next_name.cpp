// next_instance_name: counts in brackets at the end.
// SPDX-License-Identifier: Apache-2.0
#include "next_name.hpp"

#include <charconv>

#include "srvwarden/instance_name.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::daemon {

namespace {

/// The number of " (N)" at the end, which is then removed; 1 where there is none.
unsigned remove_number(std::string_view& words) {
  const auto open = words.rfind(" (");
  if (open == words.npos || open == 0 || !words.ends_with(')')) return 1;
  const std::string_view digits = words.substr(open + 2, words.size() - open - 3);
  unsigned number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool counted = error == std::errc() && end == digits.data() + digits.size() &&
                       !digits.starts_with('0') && number >= 2 && number < 1'000'000;
  if (!counted) return 1;
  words = words.substr(0, open);
  return number;
}

}  // namespace

std::string next_instance_name(std::string_view instance) {
  const unsigned number = remove_number(instance) + 1;
  const std::string suffix = " (" + std::to_string(number) + ')';
  return std::string(utf8::prefix(instance, InstanceName::max_size - suffix.size())) + suffix;
}

}  // namespace srvwarden::daemon
