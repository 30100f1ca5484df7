// The vocabulary of IANA's "Defined TXT keys" notes.
// SPDX-License-Identifier: Apache-2.0
#include "registry/txt_keys/note_words.hpp"

#include <algorithm>
#include <array>

#include "srvwarden/ascii.hpp"

namespace srvwarden::registry::note {
namespace {

using std::string_view;

constexpr std::size_t longest_key = 64;  // bytes; RFC 6763 §6.4 advises 9

template <std::size_t size>
bool is_one_of(string_view word, const std::array<string_view, size>& words) noexcept {
  return std::any_of(words.begin(), words.end(),
                     [&](string_view one) { return ascii::equal(one, word); });
}

template <std::size_t size>
bool has_one_of(string_view text, const std::array<string_view, size>& words) noexcept {
  return std::any_of(words.begin(), words.end(),
                     [&](string_view one) { return has_word(text, one); });
}

}  // namespace

std::string collapse(string_view text) {
  std::string line;
  line.reserve(text.size());
  for (const char c : text) {
    const bool blank = c == ' ' || ascii::is_control(c);
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

bool has_word(string_view text, string_view word) noexcept {
  const auto bounds = [&](std::size_t at) {
    return at >= text.size() || !ascii::is_alphanumeric(text[at]);
  };
  for (std::size_t at = 0; at + word.size() <= text.size(); ++at) {
    if (ascii::fold(text[at]) != word[0]) continue;
    if ((at == 0 || bounds(at - 1)) && bounds(at + word.size()) &&
        ascii::equal(text.substr(at, word.size()), word)) {
      return true;
    }
  }
  return false;
}

bool is_document_name(string_view word) noexcept {
  static constexpr std::array<string_view, 9> endings = {"htm",  "html", "pdf",   "txt", "doc",
                                                         "docx", "md",   "xhtml", "rtf"};
  const auto dot = word.rfind('.');
  return dot != word.npos && dot > 0 && is_one_of(word.substr(dot + 1), endings);
}

bool is_plain_key(string_view word) noexcept {
  if (word.empty() || word.size() > longest_key) return false;
  if (!ascii::is_alphanumeric(word[0]) && word[0] != '_') return false;
  if (std::none_of(word.begin(), word.end(), ascii::is_letter)) return false;
  const bool plain = std::all_of(word.begin(), word.end(), [](char c) {
    return ascii::is_alphanumeric(c) || c == '_' || c == '.' || c == '-';
  });
  const bool domain = word[0] == '_' && word.find('.') != word.npos;
  return plain && !domain && !is_document_name(word);
}

bool is_assignable_key(string_view word) noexcept {
  return !word.empty() && word.size() <= longest_key &&
         std::all_of(word.begin(), word.end(), [](char c) {
           return c > ' ' && c < 0x7F &&
                  string_view("\"'\\@&<>()[]{}").find(c) == string_view::npos;
         });
}

bool is_sentence_word(string_view word) noexcept {
  static constexpr std::array<string_view, 36> words = {
      "a",     "all",  "an",  "any",  "are", "as",   "at",    "be",   "been",
      "by",    "can",  "for", "from", "has", "have", "if",    "in",   "is",
      "it",    "keys", "may", "must", "no",  "not",  "note",  "of",   "see",
      "shall", "that", "the", "this", "to",  "used", "where", "will", "with"};
  return is_one_of(word, words);
}

bool has_capital(string_view word) noexcept {
  return std::any_of(word.begin(), word.end(), ascii::is_upper);
}

bool starts_example(string_view word) noexcept {
  static constexpr std::array<string_view, 9> words = {
      "e.g.", "e.g", "eg", "i.e.", "i.e", "ie", "example", "examples", "normally"};
  return is_one_of(word, words);
}

bool is_opaque_word(string_view word) noexcept {
  static constexpr std::array<string_view, 13> words = {
      "proprietary", "tbd",         "tba",         "varies",      "variable",
      "various",     "unknown",     "pending",     "undisclosed", "confidential",
      "unpublished", "unspecified", "undocumented"};
  return is_one_of(word, words);
}

bool starts_others(string_view word) noexcept {
  static constexpr std::array<string_view, 7> words = {"others", "other",   "etc",       "etc.",
                                                       "more",   "further", "additional"};
  return is_one_of(word, words);
}

bool is_bullet_word(string_view word) noexcept {
  static constexpr std::array<string_view, 4> words = {"-", "*", "\xE2\x80\xA2", "\xE2\x80\x93"};
  return is_one_of(word, words);
}

bool says_optional(string_view remark) noexcept {
  static constexpr std::array<string_view, 7> phrases = {
      "optional",     "if not specified", "if omitted",   "if present",
      "if available", "may be omitted",   "may be absent"};
  return has_one_of(remark, phrases) && !has_word(remark, "not optional");
}

bool says_more(string_view remark) noexcept {
  static constexpr std::array<string_view, 8> phrases = {
      "others",  "other keys", "more keys", "additional keys",
      "further", "and more",   "etc",       "proprietary"};
  return has_one_of(remark, phrases);
}

bool is_stand_in(string_view word, string_view key) noexcept {
  static constexpr std::array<string_view, 22> words = {
      "value", "name", "string", "number",  "integer",  "int", "text", "boolean",
      "bool",  "id",   "uuid",   "guid",    "url",      "uri", "path", "address",
      "port",  "host", "type",   "version", "hostname", "hex"};
  const bool letters = std::all_of(word.begin(), word.end(), ascii::is_letter);
  if (is_one_of(word, words) || (letters && word.size() == 1)) return true;
  // "APPLICATIONVERSION" is how people write a variable; "u=username" is an abbreviation told.
  if (letters && word.size() > 3 && std::all_of(word.begin(), word.end(), ascii::is_upper)) {
    return true;
  }
  return !key.empty() && key.size() < word.size() && ascii::equal(word.substr(0, key.size()), key);
}

}  // namespace srvwarden::registry::note
