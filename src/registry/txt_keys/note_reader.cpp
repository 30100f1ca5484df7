// Bodies of "Defined TXT keys" notes, and collecting keys.
// SPDX-License-Identifier: Apache-2.0
#include "registry/txt_keys/note_reader.hpp"

#include <algorithm>

#include "registry/txt_keys/note_words.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::registry::note {
namespace {

using std::string_view;

/// "c12" -> "c"; all of it where it does not end in a digit.
string_view without_number(string_view key) noexcept {
  while (!key.empty() && ascii::is_digit(key.back())) key.remove_suffix(1);
  return key;
}

bool is_numbered(string_view key, string_view prefix) noexcept {
  return key.size() > prefix.size() && ascii::equal(without_number(key), prefix);
}

bool is_numbered(const TxtKey& key, string_view prefix) noexcept {
  return !key.series && is_numbered(string_view(key.key), prefix);
}

}  // namespace

TxtKey bare_key(string_view key) {
  TxtKey made;
  made.key = key;
  return made;
}

bool Body::is_word(std::size_t at, string_view word) const noexcept {
  return is(at, Kind::word) && ascii::equal(tokens[at].text, word);
}

bool Body::has(Kind kind, std::size_t from) const noexcept {
  return std::any_of(tokens.begin() + static_cast<std::ptrdiff_t>(std::min(from, size())),
                     tokens.end(), [&](const Token& token) { return token.kind == kind; });
}

std::size_t Body::bullet_size(std::size_t at) const noexcept {
  if (!is(at, Kind::word)) return 0;
  // Within a line it is a bullet only if the text began with one: "id - the number" has none.
  if (at > 0 && is_on_line(at) && bullet_size(0) == 0) return 0;
  if (is_bullet_word(tokens[at].text)) return 1;
  const bool short_word =
      tokens[at].text.size() == 1 ||
      std::all_of(tokens[at].text.begin(), tokens[at].text.end(), ascii::is_digit);
  const bool marked =
      (is(at + 1, Kind::stop) || (is(at + 1, Kind::stray) && tokens[at + 1].text == ")")) &&
      tokens[at + 1].gap == Gap::none;
  return short_word && marked && at + 2 < size() && tokens[at + 2].gap != Gap::none ? 2 : 0;
}

bool KeyCollector::has(string_view key) const noexcept {
  return std::any_of(keys_.begin(), keys_.end(), [&](const TxtKey& known) {
    return ascii::equal(known.key, key) || (known.series && is_numbered(key, known.key));
  });
}

void KeyCollector::add(TxtKey key) {
  // "c0, c1, ..., c9": the last number of a series is no key of its own.
  if (!prefix_.empty() && is_numbered(key, prefix_)) return make_series(prefix_);
  if (has(key.key) || keys_.size() == most) return doubt();
  keys_.push_back(std::move(key));
}

void KeyCollector::add_bare(string_view key) {
  const bool ends_series = !prefix_.empty() && key.size() == prefix_.size() + 1 &&
                           ascii::equal(key.substr(0, prefix_.size()), prefix_) &&
                           string_view("nNxXkKmM").find(key.back()) != string_view::npos;
  if (ends_series) return make_series(prefix_);
  TxtKey found = bare_key(key);
  if (key.size() > 2 && key.back() == 'X' && key[key.size() - 2] >= 'a' &&
      key[key.size() - 2] <= 'z') {
    // "dkX": a capital X after small letters is a number, or so it seems.
    found.key.pop_back();
    found.series = true;
    doubt();
  }
  add(std::move(found));
}

void KeyCollector::make_series(string_view prefix) {
  const std::string name(prefix);
  const auto first = std::find_if(keys_.begin(), keys_.end(),
                                  [&](const TxtKey& key) { return is_numbered(key, name); });
  if (first == keys_.end()) return;
  first->key = name;
  first->series = true;
  keys_.erase(std::remove_if(first + 1, keys_.end(),
                             [&](const TxtKey& key) { return is_numbered(key, name); }),
              keys_.end());
}

void KeyCollector::go_on() {
  if (keys_.empty()) return doubt();
  prefix_ = without_number(keys_.back().key);
  if (prefix_.size() == keys_.back().key.size()) {
    prefix_.clear();
    return doubt();
  }
  const auto numbered = std::count_if(keys_.begin(), keys_.end(),
                                      [&](const TxtKey& key) { return is_numbered(key, prefix_); });
  // One number alone goes on only if something follows that says so.
  if (numbered > 1) make_series(prefix_);
}

void KeyCollector::remark(const Token& group) {
  if (!group.closed) doubt();
  if (says_more(group.text)) doubt();
  if (!keys_.empty() && says_optional(group.text)) keys_.back().optional = true;
}

std::optional<TxtKeys> KeyCollector::result() && {
  if (keys_.empty()) return {};
  TxtKeys keys;
  const bool unended =
      !prefix_.empty() && std::none_of(keys_.begin(), keys_.end(), [&](const TxtKey& key) {
        return key.series && key.key == prefix_;
      });
  keys.status = doubt_ || unended ? TxtKeysStatus::open : TxtKeysStatus::closed;
  keys.keys = std::move(keys_);
  return keys;
}

}  // namespace srvwarden::registry::note
