// The canonical form of TxtKeys, written and read. Its grammar is in srvwarden-registry(5).
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "srvwarden/ascii.hpp"
#include "srvwarden/txt_keys.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden {
namespace {

using std::string_view;

constexpr int last_status = static_cast<int>(TxtKeysStatus::prose);
constexpr int last_type = static_cast<int>(TxtValueType::date);

// An at-sign or ampersand is always escaped: so no text, whatever it says, has an e-mail address.
constexpr string_view escaped_everywhere = "\\@&";
constexpr string_view not_plain = " ,\"#?=<>|\\@&";

bool is_printable(utf8::Step step) noexcept {
  return step.size > 1 ? !utf8::is_c1_control(step.code_point)
                       : step.size == 1 && step.code_point >= 0x20 && step.code_point != 0x7F;
}

void append_hex(std::string& out, char byte) {
  constexpr string_view digits = "0123456789ABCDEF";
  const auto value = static_cast<unsigned char>(byte);
  out += "\\x";
  out += digits[value >> 4];
  out += digits[value & 15];
}

/// Letters, digits and marks that need no escape anywhere; or such UTF-8.
bool is_plain_word(string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] > ' ' && text[at] < 0x7F) {
      if (not_plain.find(text[at++]) != not_plain.npos) return false;
      continue;
    }
    const auto step = utf8::read(text, at);
    if (text[at] == ' ' || !is_printable(step)) return false;
    at += step.size;
  }
  return !text.empty();
}

void append_escaped(std::string& out, string_view text, string_view specials) {
  if (is_plain_word(text)) {
    out += text;
    return;
  }
  for (std::size_t at = 0; at < text.size();) {
    const auto step = utf8::read(text, at);
    const std::size_t size = std::max<std::size_t>(step.size, 1);
    if (!is_printable(step)) {
      for (const char byte : text.substr(at, size)) append_hex(out, byte);
    } else {
      if (specials.find(text[at]) != specials.npos ||
          escaped_everywhere.find(text[at]) != escaped_everywhere.npos) {
        out += '\\';
      }
      out += text.substr(at, size);
    }
    at += size;
  }
}

/// As it is, or in quotation marks.
void append_word(std::string& out, string_view text) {
  if (is_plain_word(text)) {
    out += text;
    return;
  }
  out += '"';
  append_escaped(out, text, "\"");
  out += '"';
}

/// The type whose name and a colon start this text, or any.
TxtValueType type_before_colon(string_view text) noexcept {
  const string_view word = text.substr(0, std::min(text.find(':'), text.size()));
  if (word.empty() || word.size() == text.size()) return TxtValueType::any;
  for (int i = 1; i <= last_type; ++i) {
    if (word == name_of(static_cast<TxtValueType>(i))) return static_cast<TxtValueType>(i);
  }
  return TxtValueType::any;
}

void append_placeholder(std::string& out, const TxtKey& key) {
  string_view words = key.value;
  out += '<';
  if (key.type != TxtValueType::any) {
    out += name_of(key.type);
    out += words.empty() ? ":" : ": ";
  } else if (type_before_colon(words) != TxtValueType::any) {
    // "port: x" is here no type but a part of the words.
    const auto colon = words.find(':');
    out += words.substr(0, colon);
    out += "\\:";
    words.remove_prefix(colon + 1);
  }
  append_escaped(out, words, "<>");
  out += '>';
}

void append_key(std::string& out, const TxtKey& key) {
  append_word(out, key.key);
  if (key.series) out += '#';
  if (key.optional) out += '?';
  if (key.kind == TxtKeyKind::bare) return;
  out += '=';
  if (key.kind == TxtKeyKind::literal) append_word(out, key.value);
  if (key.kind == TxtKeyKind::placeholder) append_placeholder(out, key);
  for (std::size_t i = 0; i < key.values.size(); ++i) {
    if (i > 0) out += '|';
    append_word(out, key.values[i]);
  }
}

/// Spaces at the ends would be lost at the end of a line, so they are escaped.
void append_reference(std::string& out, string_view text) {
  if (text.empty()) return;
  out += ' ';
  const auto first = std::min(text.find_first_not_of(' '), text.size());
  const auto end = first == text.size() ? first : text.find_last_not_of(' ') + 1;
  for (const char space : text.substr(0, first)) append_hex(out, space);
  append_escaped(out, text.substr(first, end - first), "");
  for (const char space : text.substr(end)) append_hex(out, space);
}

/// Reads the canonical form, and a little more: what it is lenient in, the caller finds out by
/// writing the result again.
class CanonicalReader {
 public:
  explicit CanonicalReader(string_view text) noexcept : rest_(text) {}

  bool read(TxtKeys& keys) {
    if (!read_status(keys.status)) return false;
    if (keys.status == TxtKeysStatus::reference) {
      return rest_.empty() || (take(' ') && read_escaped(keys.reference, ""));
    }
    if (keys.status != TxtKeysStatus::closed && keys.status != TxtKeysStatus::open) {
      return rest_.empty();
    }
    do {
      if (!take(' ') || !read_key(keys.keys.emplace_back())) return false;
    } while (!rest_.empty());
    return true;
  }

 private:
  bool take(char c) noexcept {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool read_status(TxtKeysStatus& status) noexcept {
    const string_view word = rest_.substr(0, rest_.find(' '));
    for (int i = 1; i <= last_status; ++i) {
      status = static_cast<TxtKeysStatus>(i);
      if (word != name_of(status)) continue;
      rest_.remove_prefix(word.size());
      return true;
    }
    return false;
  }

  bool read_key(TxtKey& key) {
    if (!read_word(key.key)) return false;
    key.series = take('#');
    key.optional = take('?');
    if (!take('=')) return true;
    if (take('<')) return read_placeholder(key);
    key.kind = TxtKeyKind::literal;
    if (!read_word(key.value)) return false;
    if (rest_.empty() || rest_[0] != '|') return true;
    key.kind = TxtKeyKind::enumeration;
    key.values.push_back(std::move(key.value));
    key.value.clear();
    while (take('|')) {
      if (!read_word(key.values.emplace_back())) return false;
    }
    return true;
  }

  bool read_placeholder(TxtKey& key) {
    key.kind = TxtKeyKind::placeholder;
    key.type = type_before_colon(rest_);
    if (key.type != TxtValueType::any) {
      rest_.remove_prefix(name_of(key.type).size() + 1);
      take(' ');
    }
    return read_escaped(key.value, ">") && take('>');
  }

  bool read_word(std::string& word) {
    if (take('"')) return read_escaped(word, "\"") && take('"');
    const auto end = std::min(rest_.find_first_of(not_plain), rest_.size());
    word = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return !word.empty();
  }

  /// Up to one of `ends` or the end.
  bool read_escaped(std::string& text, string_view ends) {
    while (!rest_.empty() && ends.find(rest_[0]) == ends.npos) {
      if (take('\\')) {
        if (!read_escape(text)) return false;
      } else {
        text += rest_[0];
        rest_.remove_prefix(1);
      }
    }
    return true;
  }

  bool read_escape(std::string& text) {
    if (rest_.empty()) return false;
    if (!take('x')) {
      text += rest_[0];
      rest_.remove_prefix(1);
      return true;
    }
    if (rest_.size() < 2) return false;
    const int high = ascii::hex_digit(rest_[0]);
    const int low = ascii::hex_digit(rest_[1]);
    rest_.remove_prefix(2);
    if (high >= 0 && low >= 0) text += static_cast<char>(high * 16 + low);
    return high >= 0 && low >= 0;
  }

  string_view rest_;
};

bool has_double(const std::vector<TxtKey>& keys) {
  std::vector<const TxtKey*> sorted;
  sorted.reserve(keys.size());
  for (const TxtKey& key : keys) sorted.push_back(&key);
  std::sort(sorted.begin(), sorted.end(), [](const TxtKey* a, const TxtKey* b) {
    return a->series != b->series ? a->series : ascii::less(a->key, b->key);
  });
  return std::adjacent_find(sorted.begin(), sorted.end(), [](const TxtKey* a, const TxtKey* b) {
           return a->series == b->series && ascii::equal(a->key, b->key);
         }) != sorted.end();
}

}  // namespace

std::string to_text(const TxtKeys& keys) {
  std::string out(name_of(keys.status));
  if (keys.status == TxtKeysStatus::reference) append_reference(out, keys.reference);
  for (const TxtKey& key : keys.keys) {
    out += ' ';
    append_key(out, key);
  }
  return out;
}

std::optional<TxtKeys> parse_txt_keys(std::string_view text) {
  TxtKeys keys;
  if (text.empty()) return keys;
  if (!CanonicalReader(text).read(keys) || has_double(keys.keys)) return {};
  // One text for one value: whatever to_text would have written otherwise is refused.
  if (to_text(keys) != text) return {};
  return keys;
}

}  // namespace srvwarden
