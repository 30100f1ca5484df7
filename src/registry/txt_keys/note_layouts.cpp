// Definitions with explanations: glossaries, tables and sentences in "Defined TXT keys" notes.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "registry/txt_keys/note_reader.hpp"
#include "registry/txt_keys/note_words.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::registry::note {
namespace {

using std::string_view;

/// What an explanation says of its key: whether it may be absent, and the values to choose from.
void explain(TxtKey& key, const Body& body, std::size_t from, std::size_t to) {
  if (from >= to) return;
  key.optional = says_optional(body.span(from, to));
  if (auto values = find_choices(body, from, to); !values.empty()) {
    key.kind = TxtKeyKind::enumeration;
    key.values = std::move(values);
  }
}

/// Whether "word:" stands here: the word plain, quoted or in angle brackets.
bool is_term(const Body& body, std::size_t at) noexcept {
  const bool named =
      body.is(at, Kind::word) || body.is(at, Kind::quoted) || body.is(at, Kind::angle);
  return named && body.is(at + 1, Kind::colon) && body.tokens[at + 1].gap == Gap::none &&
         is_plain_key(body.tokens[at].text);
}

/// At the start, after ';', or at a line's start after a full stop: else it is part of a sentence.
bool starts_term(const Body& body, std::size_t at) noexcept {
  if (!is_term(body, at)) return false;
  if (at == 0) return true;
  const Token& before = body.tokens[at - 1];
  return (before.kind == Kind::separator && before.text == ";") ||
         (before.kind == Kind::stop && body.tokens[at].gap == Gap::line);
}

/// A word and a wide gap at a line's start.
bool starts_row(const Body& body, std::size_t at) noexcept {
  return body.is(at, Kind::word) && (at == 0 || body.tokens[at].gap == Gap::line) &&
         at + 1 < body.size() && body.tokens[at + 1].gap == Gap::wide &&
         is_plain_key(body.tokens[at].text) && !starts_example(body.tokens[at].text);
}

std::size_t end_of_line(const Body& body, std::size_t at) noexcept {
  do ++at;
  while (body.is_on_line(at));
  return at;
}

/// The second column: "yes | no", "any host name or IP address", or an explanation.
void read_second_column(TxtKey& key, const Body& body, std::size_t from, std::size_t to,
                        KeyCollector& keys) {
  if (body.is(from + 1, Kind::pipe)) {
    std::size_t at = from;
    TxtKey chosen = key;
    if (read_value(body, at, chosen, keys) && at == to) key = std::move(chosen);
    return;
  }
  explain(key, body, from, to);
  if (key.kind != TxtKeyKind::bare) return;
  string_view words = body.span(from, to);
  if (body.is_word(from, "any") && to > from + 1) words = body.span(from + 1, to);
  if (const TxtValueType type = type_of_words(words);
      type != TxtValueType::any && type != TxtValueType::path) {
    set_placeholder(key, words);
  }
}

/// A line that is no row: it may be about all of them.
void read_sentence(const Body& body, std::size_t from, std::size_t to, KeyCollector& keys) {
  const string_view words = body.span(from, to);
  if (has_word(words, "all") && says_optional(words)) {
    for (TxtKey& key : keys.keys()) key.optional = true;
  } else {
    keys.doubt();
  }
}

}  // namespace

std::optional<TxtKeys> read_glossary(const Body& body) {
  if (body.size() == 0 || !starts_term(body, 0)) return {};
  KeyCollector keys;
  for (std::size_t at = 0; at < body.size();) {
    TxtKey key = bare_key(body.tokens[at].text);
    // In angle brackets it may be the key or stand for one.
    if (body.is(at, Kind::angle)) keys.doubt();
    const std::size_t from = at + 2;
    for (at = from; at < body.size() && !starts_term(body, at); ++at) {
      // "first: this second: that": where the second starts, a line break would have to say.
      if (is_term(body, at)) return {};
    }
    explain(key, body, from, at);
    keys.add(std::move(key));
  }
  // "Note: ..." alone would look like a key.
  if (keys.size() < 2) return {};
  return std::move(keys).result();
}

std::optional<TxtKeys> read_table(const Body& body) {
  if (body.size() == 0 || !starts_row(body, 0)) return {};
  KeyCollector keys;
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t end = end_of_line(body, at);
    if (starts_row(body, at)) {
      TxtKey key = bare_key(body.tokens[at].text);
      read_second_column(key, body, at + 1, end, keys);
      keys.add(std::move(key));
    } else {
      read_sentence(body, at, end, keys);
    }
    at = end;
  }
  if (keys.size() < 2) return {};
  return std::move(keys).result();
}

std::optional<TxtKeys> read_quoted_keys(const Body& body) {
  KeyCollector keys;
  keys.doubt();  // a sentence need not name them all
  for (std::size_t at = 1; at < body.size(); ++at) {
    const std::size_t word = body.is(at - 1, Kind::colon) ? at - 2 : at - 1;
    if (!body.is(at, Kind::quoted) || word >= body.size() || !body.is_word(word, "key")) continue;
    if (!is_plain_key(body.tokens[at].text)) return {};
    keys.add_bare(body.tokens[at].text);
  }
  return std::move(keys).result();
}

}  // namespace srvwarden::registry::note
