// Telling strings and comments of TOML from the rest.
// SPDX-License-Identifier: Apache-2.0
#include "rules/toml_text.hpp"

#include <algorithm>

#include "srvwarden/ascii.hpp"

namespace srvwarden::rules {
namespace {

/// What stands before a key or a value, blanks apart. A quote behind anything else is a fault.
constexpr std::string_view before_string = "\n=,[{.";

/// Where the string ends that begins at `at`: behind its closing quotes, where its line ends, or
/// at a letter beyond ASCII that a backslash stands before, blanks and line breaks apart.
std::size_t end_of_string(std::string_view toml, std::size_t at) {
  const char quote = toml[at];
  const bool escapes = quote == '"';
  const std::string_view three = quote == '"' ? R"(""")" : "'''";
  const bool long_string = toml.substr(at).starts_with(three);
  for (at += long_string ? 3 : 1; at < toml.size(); ++at) {
    if (escapes && toml[at] == '\\') {
      const std::size_t next = std::min(toml.find_first_not_of(" \t\r\n", at + 1), toml.size());
      if (next < toml.size() && !ascii::is_ascii(toml[next])) return next;
      ++at;
    } else if (long_string ? toml.substr(at).starts_with(three) : toml[at] == quote) {
      return at + (long_string ? 3 : 1);
    } else if (!long_string && toml[at] == '\n') {
      return at;
    }
  }
  return toml.size();
}

}  // namespace

std::size_t find_stray_letter(std::string_view toml) noexcept {
  char before = '\n';
  std::size_t at = toml.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (at < toml.size()) {
    const char c = toml[at];
    if (!ascii::is_ascii(c)) return at;
    if (c == '#') {
      at = std::min(toml.find('\n', at), toml.size());
      continue;
    }
    const bool quote = c == '"' || c == '\'';
    at = quote && before_string.find(before) != before_string.npos ? end_of_string(toml, at)
                                                                   : at + 1;
    if (c != ' ' && c != '\t') before = c;
  }
  return toml.npos;
}

}  // namespace srvwarden::rules
