// read_txt_keys_note: finds the definition in a note, and the reader that fits it.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "registry/txt_keys/note_reader.hpp"
#include "registry/txt_keys/note_words.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/txt_keys.hpp"

namespace srvwarden {
namespace {

using namespace registry::note;
using std::string_view;

constexpr std::size_t longest_note = 16384;  // bytes; IANA's longest has some 1,700

bool is_blank(char c) noexcept { return c == ' ' || ascii::is_control(c); }

void skip_blanks(string_view& text) noexcept {
  while (!text.empty() && is_blank(text[0])) text.remove_prefix(1);
}

bool take_word(string_view& text, string_view word) noexcept {
  if (text.size() < word.size() || !ascii::equal(text.substr(0, word.size()), word)) return false;
  text.remove_prefix(word.size());
  return true;
}

/// "Defined TXT keys" with any white space between the words.
bool take_heading(string_view& text) noexcept {
  for (const string_view word : {"defined", "txt"}) {
    if (!take_word(text, word) || text.empty() || !is_blank(text[0])) return false;
    skip_blanks(text);
  }
  return take_word(text, "keys") || take_word(text, "key");
}

/// What follows the first heading, from the colon on.
std::optional<string_view> after_heading(string_view note) noexcept {
  for (std::size_t at = 0; at < note.size(); ++at) {
    if (ascii::fold(note[at]) != 'd' || (at > 0 && ascii::is_alphanumeric(note[at - 1]))) continue;
    string_view rest = note.substr(at);
    if (take_heading(rest)) return rest;
  }
  return {};
}

/// Words after "None" which say that it is not meant so, or not for all.
bool takes_back(string_view text) noexcept {
  for (const string_view word : {"except", "but", "other", "besides", "required", "mandatory",
                                 "public", "publicly", "documented", "tbd"}) {
    if (has_word(text, word)) return true;
  }
  return false;
}

TxtKeys only(TxtKeysStatus status) {
  TxtKeys keys;
  keys.status = status;
  return keys;
}

TxtKeys opened(TxtKeys keys) {
  keys.status = TxtKeysStatus::open;
  return keys;
}

/// "None", "NONE. A protocol", "None at present", "no TXT keys", and a count of 0.
std::optional<TxtKeys> read_none(const Body& body) {
  if (body.size() == 1 && body.is_word(0, "0")) return only(TxtKeysStatus::none);
  for (std::size_t at = 0; at < std::min<std::size_t>(body.size(), 3); ++at) {
    if (!body.is_word(at, "no")) continue;
    for (std::size_t next = at + 1; next < std::min(body.size(), at + 4); ++next) {
      const bool keys = body.is_word(next, "keys") || body.is_word(next, "key");
      if (keys && !takes_back(body.text)) return only(TxtKeysStatus::none);
    }
  }
  if (!body.is_word(0, "none") && !body.is_word(0, "n/a")) return {};
  // "None=1" is a key; "None, id" contradicts itself.
  if (body.is(1, Kind::equals)) return {};
  if (body.is(1, Kind::separator)) return only(TxtKeysStatus::prose);
  if (!body.has(Kind::equals, 1)) {
    return only(takes_back(body.text) ? TxtKeysStatus::prose : TxtKeysStatus::none);
  }
  // "None", and then keys with values: that these exist is sure, that all do is not.
  if (auto keys = read_assignments(body, 1)) return opened(std::move(*keys));
  return only(TxtKeysStatus::prose);
}

/// "Proprietary", "Varies; ...", "Contact ...", "1 TXT record key for ...", "<serial number>".
bool is_opaque(const Body& body) {
  if (body.size() == 1) {
    return body.is(0, Kind::angle) ||
           (body.is(0, Kind::word) && is_opaque_word(body.tokens[0].text));
  }
  if (body.has(Kind::equals)) return false;
  const string_view first = body.tokens[0].text;
  const bool count = std::all_of(first.begin(), first.end(), ascii::is_digit);
  if (body.is(0, Kind::word) && count && body.is_word(1, "txt")) return true;
  if (body.is_word(0, "contact") && !body.is(1, Kind::separator)) return true;
  if (body.is_word(0, "to") && body.is_word(1, "be")) return true;
  const bool subject = body.is_word(0, "text") || body.is_word(0, "txt");
  if (subject && body.is_word(1, "keys") && body.is_word(2, "are")) return true;
  // "proprietary, id" is a list that says more.
  return body.is(0, Kind::word) && is_opaque_word(first) &&
         !(body.is(1, Kind::separator) && body.tokens[1].text == ",");
}

TxtKeys read_body(const Body& body) {
  if (body.size() == 0) return {};
  if (auto none = read_none(body)) return *none;
  if (is_opaque(body)) return only(TxtKeysStatus::opaque);
  if (body.has(Kind::equals)) {
    if (auto keys = read_assignments(body, 0)) return *keys;
  } else {
    for (const auto read : {read_glossary, read_table, read_list, read_quoted_keys}) {
      if (auto keys = read(body)) return *keys;
    }
  }
  if (auto reference = read_reference(body)) return *reference;
  return only(TxtKeysStatus::prose);
}

}  // namespace

TxtKeys read_txt_keys_note(std::string_view note) {
  auto body = after_heading(note);
  if (!body) return {};
  skip_blanks(*body);
  if (!take_word(*body, ":")) return only(TxtKeysStatus::prose);
  // Two definitions may contradict each other.
  if (body->size() > longest_note || after_heading(*body)) return only(TxtKeysStatus::prose);
  return read_body(Body(*body));
}

}  // namespace srvwarden
