// Matching patterns: on a mismatch the last * takes one octet more.
// SPDX-License-Identifier: Apache-2.0
#include "rules/glob.hpp"

#include <algorithm>

#include "srvwarden/ascii.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::rules {

bool is_like(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return true;
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = pattern.npos;
  std::size_t taken = 0;
  while (t < text.size()) {
    const char c = p < pattern.size() ? pattern[p] : '\0';
    const std::size_t escape = c == '\\' && p + 1 < pattern.size() ? 1 : 0;
    if (p < pattern.size() && c == '*') {
      star = ++p;
      taken = t;
    } else if (p < pattern.size() && c == '?') {
      ++p;
      t += std::max<std::size_t>(1, utf8::read(text, t).size);
    } else if (p < pattern.size() && ascii::fold(pattern[p + escape]) == ascii::fold(text[t])) {
      p += 1 + escape;
      ++t;
    } else if (star != pattern.npos) {
      p = star;
      t = ++taken;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == pattern.npos;
}

}  // namespace srvwarden::rules
