// Tokens of IANA's "Defined TXT keys" notes: words, groups in brackets, and the marks between.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace srvwarden::registry::note {

enum class Kind : std::uint8_t {
  word,       ///< "txtvers", "e.g."; without a full stop at its end
  url,        ///< "http://..." or "www...."
  quoted,     ///< "..." or '...'
  angle,      ///< <...>
  round,      ///< (...)
  square,     ///< [...]
  curly,      ///< {...}
  equals,     ///< = or ==
  separator,  ///< , or ;
  colon,      ///< at the end of a word, or alone
  stop,       ///< the full stop after a word
  pipe,       ///< |
  ellipsis,   ///< ... or U+2026
  stray,      ///< a closing bracket that nothing opened
};

/// The white space before a token.
enum class Gap : std::uint8_t { none, space, wide, line };

struct Token {
  Kind kind = Kind::word;
  Gap gap = Gap::none;
  bool closed = true;     ///< false for a group that the text's end closes
  std::string_view text;  ///< without the brackets or quotation marks
  std::size_t begin = 0;  ///< bytes from the start of the body, with brackets
  std::size_t end = 0;
};

/// The tokens of a body in their order. Views into it.
std::vector<Token> tokenize(std::string_view body);

}  // namespace srvwarden::registry::note
