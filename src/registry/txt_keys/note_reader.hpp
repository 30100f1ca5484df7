// What the readers of "Defined TXT keys" notes share: a body with its tokens, and a set of keys.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/txt_keys/note_tokens.hpp"
#include "srvwarden/txt_keys.hpp"

namespace srvwarden::registry::note {

/// What stands after "Defined TXT keys:". Views into the note.
struct Body {
  std::string_view text;
  std::vector<Token> tokens;

  explicit Body(std::string_view body) : text(body), tokens(tokenize(body)) {}

  std::size_t size() const noexcept { return tokens.size(); }
  bool is(std::size_t at, Kind kind) const noexcept {
    return at < tokens.size() && tokens[at].kind == kind;
  }
  bool is_word(std::size_t at, std::string_view word) const noexcept;
  /// A token that goes on in the line of the one before it.
  bool is_on_line(std::size_t at) const noexcept {
    return at < tokens.size() && tokens[at].gap != Gap::line;
  }
  bool has(Kind kind, std::size_t from = 0) const noexcept;
  /// The text from one token to before another, as written.
  std::string_view span(std::size_t from, std::size_t to) const noexcept {
    return text.substr(tokens[from].begin, tokens[to - 1].end - tokens[from].begin);
  }
  /// How many tokens a bullet takes here: "-" and the like, "a." or "1)"; 0: none.
  std::size_t bullet_size(std::size_t at) const noexcept;
};

/// A key of which only the name is known.
TxtKey bare_key(std::string_view key);

/// Keys as they are found. What makes them less sure than they look is a doubt, and with a doubt
/// the result is open.
class KeyCollector {
 public:
  static constexpr std::size_t most = 256;

  void doubt() noexcept { doubt_ = true; }
  /// Adds a key; one that is there already, or one too many, is a doubt.
  void add(TxtKey key);
  /// Adds a key of which only the name is known, which may end a series ("cn").
  void add_bare(std::string_view key);
  /// "...": what is before it goes on: a series, or a doubt.
  void go_on();
  /// A remark on the last key: "(optional)", "(others not documented)".
  void remark(const Token& group);

  bool empty() const noexcept { return keys_.empty(); }
  std::size_t size() const noexcept { return keys_.size(); }
  TxtKey& last() noexcept { return keys_.back(); }
  std::vector<TxtKey>& keys() noexcept { return keys_; }
  bool has(std::string_view key) const noexcept;
  /// Nothing where there are no keys.
  std::optional<TxtKeys> result() &&;

 private:
  void make_series(std::string_view prefix);

  std::vector<TxtKey> keys_;
  std::string prefix_;  ///< of the series or numbered key before "..."
  bool doubt_ = false;
};

// Each reads one way to write a definition, or returns nothing where the body is not of its kind
// or leaves open which words are keys.

/// "u=<username> p=<password>, vers=1 | 2", from this token on.
std::optional<TxtKeys> read_assignments(const Body& body, std::size_t from);
/// "txtvers, id, c0, c1, ..."
std::optional<TxtKeys> read_list(const Body& body);
/// "td: the path. type: the type", each at a line's start or after ';'.
std::optional<TxtKeys> read_glossary(const Body& body);
/// Lines of a key, two or more spaces and an explanation.
std::optional<TxtKeys> read_table(const Body& body);
/// A text with: key "txtvers", and key "name".
std::optional<TxtKeys> read_quoted_keys(const Body& body);
/// "See name.pdf", "http://...", "defined in RFC 1".
std::optional<TxtKeys> read_reference(const Body& body);

/// The value after '='. Moves `at` behind it; false where its end is not to be seen.
bool read_value(const Body& body, std::size_t& at, TxtKey& key, KeyCollector& keys);

/// The choices in tokens [from, to): 'one of "a", "b" or "c"', 'i.e. "a" or "b"'; else empty.
std::vector<std::string> find_choices(const Body& body, std::size_t from, std::size_t to);

}  // namespace srvwarden::registry::note
