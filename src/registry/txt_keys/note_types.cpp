// Types from the words of placeholders in IANA's "Defined TXT keys" notes.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "registry/fields.hpp"
#include "registry/txt_keys/note_words.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::registry::note {
namespace {

using std::string_view;

constexpr std::size_t longest_words = 120;  // bytes; more is prose

std::string folded(string_view text) {
  std::string low = collapse(text);
  std::transform(low.begin(), low.end(), low.begin(),
                 [](char c) { return c == '-' || c == '_' ? ' ' : ascii::fold(c); });
  return low;
}

/// "port number of the server" -> "port number": what the words are about.
string_view head_of(string_view words) noexcept {
  static constexpr std::array<string_view, 14> ends = {"of", "for",   "to",   "in",    "on",
                                                       "at", "that",  "with", "where", "from",
                                                       "by", "which", "used", "as"};
  words = words.substr(0, words.find_first_of(",;(["));
  for (std::size_t space = words.find(' '); space != words.npos;) {
    const std::size_t next = words.find(' ', space + 1);
    const string_view word = words.substr(space + 1, next == words.npos ? next : next - space - 1);
    if (std::find(ends.begin(), ends.end(), word) != ends.end()) return words.substr(0, space);
    space = next;
  }
  while (words.ends_with(' ')) words.remove_suffix(1);
  return words;
}

/// Whether the head is this noun, perhaps with words before it.
bool is_head(string_view head, string_view noun) noexcept {
  return head.ends_with(noun) &&
         (head.size() == noun.size() || head[head.size() - noun.size() - 1] == ' ');
}

/// "x.y", "x.y.z.w", "x.xx", "major.minor", "major.minor.patch".
bool is_version_pattern(string_view words) noexcept {
  if (words.starts_with("major.minor")) {
    return words == "major.minor" || words == "major.minor.patch";
  }
  bool letter = true;
  bool dotted = false;
  for (const char c : words) {
    if (c == '.' && letter) return false;  // no letter before this dot
    letter = c == '.';
    dotted |= letter;
    if (c != '.' && (c < 'w' || c > 'z')) return false;
  }
  return dotted && !letter;
}

/// "32 hex digits", "40hex characters", "hexadecimal digits".
bool is_hex_phrase(string_view words) noexcept {
  while (!words.empty() && (ascii::is_digit(words[0]) || words[0] == ' ')) words.remove_prefix(1);
  static constexpr std::array<string_view, 6> phrases = {
      "hex digits",         "hex characters",         "hex digit",
      "hexadecimal digits", "hexadecimal characters", "hexadecimal"};
  return std::find(phrases.begin(), phrases.end(), words) != phrases.end();
}

struct Noun {
  string_view noun;
  TxtValueType type;
};

constexpr std::array nouns = std::to_array<Noun>({
    {"port", TxtValueType::port},
    {"port #", TxtValueType::port},
    {"port number", TxtValueType::port},
    {"version number", TxtValueType::version},
    {"mac address", TxtValueType::mac},
    {"uuid", TxtValueType::uuid},
    {"uuid string", TxtValueType::uuid},
    {"url", TxtValueType::url},
    {"path", TxtValueType::path},
    {"pathname", TxtValueType::path},
    {"boolean", TxtValueType::boolean},
    {"ip address", TxtValueType::address},
    {"ipv4 address", TxtValueType::address},
    {"ipv6 address", TxtValueType::address},
    {"host name", TxtValueType::host},
    {"hostname", TxtValueType::host},
    {"domain name", TxtValueType::host},
    {"integer", TxtValueType::number},
    {"digit", TxtValueType::number},
    {"decimal digits", TxtValueType::number},
    {"yyyy mm dd", TxtValueType::date},
});

}  // namespace

TxtValueType type_of_words(string_view text) {
  const std::string words = folded(text);
  if (words == "version") return TxtValueType::version;
  if (is_version_pattern(words)) return TxtValueType::version;
  if (is_hex_phrase(words)) return TxtValueType::hex;
  if (text.starts_with('/') && text.find_first_of(" |") == text.npos) return TxtValueType::path;
  const string_view head = head_of(words);
  if (is_head(head, "domain name or ip address") || is_head(head, "host name or ip address") ||
      is_head(head, "hostname or ip address")) {
    return TxtValueType::host;
  }
  const auto row = std::find_if(nouns.begin(), nouns.end(),
                                [&](const Noun& one) { return is_head(head, one.noun); });
  if (row == nouns.end() || head.find('/') != head.npos) return TxtValueType::any;
  // A choice, a list or an empty value is more than the type would allow.
  for (const string_view more : {"or", "and", "list", "empty", "relative", "optional", "hex"}) {
    if (has_word(words, more)) return TxtValueType::any;
  }
  return row->type;
}

void set_placeholder(TxtKey& key, string_view words) {
  std::string line = collapse(words);
  while (line.ends_with(',') || line.ends_with(' ')) line.pop_back();
  // Neither contacts nor long texts are kept; that there is a value is not worth a line.
  if (line.empty() || line.size() > longest_words || has_address(line) ||
      utf8::find_ill_formed(line) != line.npos) {
    return;
  }
  key.kind = TxtKeyKind::placeholder;
  key.type = type_of_words(line);
  key.value = std::move(line);
}

namespace {

/// A word, perhaps in quotation marks; nothing where there is more or less.
string_view simple_word(string_view text) noexcept {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (text.size() > 2 && text.front() == text.back() &&
      (text.front() == '\'' || text.front() == '"')) {
    text = text.substr(1, text.size() - 2);
  }
  const bool simple = std::all_of(text.begin(), text.end(), [](char c) {
    return ascii::is_alphanumeric(c) || c == '_' || c == '-' || c == '.' || c == '+';
  });
  return simple ? text : string_view();
}

/// Splits at every mark; false where a part is no simple word or there is one part alone.
bool split(std::vector<std::string>& values, string_view text, string_view mark) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at != text.npos;) {
    const auto end = text.find(mark, at);
    const string_view word = simple_word(text.substr(at, end == text.npos ? end : end - at));
    if (word.empty()) return false;
    parts.emplace_back(word);
    at = end == text.npos ? end : end + mark.size();
  }
  if (parts.size() < 2) return false;
  values = std::move(parts);
  return true;
}

bool is_pair(string_view text) noexcept {
  for (const string_view pair : {"0/1", "1/0", "true/false", "false/true", "yes/no", "no/yes",
                                 "on/off", "off/on", "y/n", "t/f"}) {
    if (ascii::equal(pair, text)) return true;
  }
  return false;
}

bool is_choice_of_words(const std::vector<std::string>& values) {
  return values.size() == 2 &&
         std::none_of(values.begin(), values.end(),
                      [](const std::string& word) { return is_stand_in(word, word); });
}

}  // namespace

void set_from_angle(TxtKey& key, string_view inside) {
  const std::string line = collapse(inside);
  const bool chosen =
      split(key.values, line, "|") || (is_pair(line) && split(key.values, line, "/"));
  if (chosen) {
    key.kind = TxtKeyKind::enumeration;
    return;
  }
  if (split(key.values, line, " or ") && is_choice_of_words(key.values)) {
    key.kind = TxtKeyKind::enumeration;
    return;
  }
  key.values.clear();
  set_placeholder(key, line);
}

}  // namespace srvwarden::registry::note
