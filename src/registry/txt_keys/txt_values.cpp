// suits(): whether a TXT value looks as its definition says.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "registry/fields.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/host_name.hpp"
#include "srvwarden/txt_keys.hpp"

namespace srvwarden {
namespace {

using std::string_view;

template <class Condition>
bool all(string_view text, Condition condition) noexcept {
  return !text.empty() && std::all_of(text.begin(), text.end(), condition);
}

bool is_hex_digit(char c) noexcept { return ascii::hex_digit(c) >= 0; }

bool is_number(string_view text) noexcept {
  if (text.starts_with('-')) text.remove_prefix(1);
  return all(text, ascii::is_digit);
}

bool is_port(string_view text) noexcept {
  if (!all(text, ascii::is_digit)) return false;
  text.remove_prefix(std::min(text.find_first_not_of('0'), text.size() - 1));
  return registry::parse_number(text, 65535).has_value();
}

/// Digits and dots, then perhaps something that does not look like a sentence.
bool is_version(string_view text) noexcept {
  return !text.empty() && ascii::is_digit(text[0]) &&
         std::none_of(text.begin(), text.end(), ascii::is_control);
}

bool is_hex(string_view text) noexcept {
  if (text.size() > 2 && text[0] == '0' && ascii::fold(text[1]) == 'x') text.remove_prefix(2);
  return all(text, is_hex_digit);
}

/// Hexadecimal digits, cut by `mark` into groups of `width` digits.
bool is_grouped_hex(string_view text, char mark, std::size_t width) noexcept {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool between = i % (width + 1) == width;
    if (between ? text[i] != mark : !is_hex_digit(text[i])) return false;
  }
  return true;
}

bool is_mac(string_view text) noexcept {
  switch (text.size()) {
    case 12:
      return all(text, is_hex_digit);
    case 14:
      return is_grouped_hex(text, '.', 4);
    case 17:
      return (text[2] == ':' || text[2] == '-' || text[2] == '.') &&
             is_grouped_hex(text, text[2], 2);
    default:
      return false;
  }
}

bool is_uuid(string_view text) noexcept {
  if (text.size() > 2 && text.front() == '{' && text.back() == '}') {
    text = text.substr(1, text.size() - 2);
  }
  if (text.size() == 32) return all(text, is_hex_digit);
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? text[i] != '-' : !is_hex_digit(text[i])) return false;
  }
  return true;
}

/// RFC 3986 §3.1: a scheme, ':' and something.
bool is_url(string_view text) noexcept {
  const auto colon = text.find(':');
  if (colon == text.npos || colon == 0 || colon + 1 == text.size()) return false;
  return ascii::is_letter(text[0]) && all(text.substr(0, colon), [](char c) {
           return ascii::is_alphanumeric(c) || c == '+' || c == '-' || c == '.';
         });
}

bool is_boolean(string_view text) noexcept {
  static constexpr std::array<string_view, 8> words = {"0",   "1",  "true", "false",
                                                       "yes", "no", "on",   "off"};
  return std::any_of(words.begin(), words.end(),
                     [&](string_view word) { return ascii::equal(word, text); });
}

bool is_host(string_view text) noexcept {
  if (is_address_literal(text)) return true;
  const bool spaced = std::any_of(text.begin(), text.end(),
                                  [](char c) { return c == ' ' || ascii::is_control(c); });
  return !spaced && HostName::parse(text).has_value();
}

bool is_date(string_view text) noexcept {
  char day[10] = {};
  const std::size_t size = text.size() > 4 && text[4] == '-' ? 10 : 8;
  if (text.size() < size) return false;
  for (std::size_t i = 0, to = 0; to < sizeof day; ++to) {
    const bool hyphen = to == 4 || to == 7;
    day[to] = hyphen && size == 8 ? '-' : text[i++];
  }
  if (!registry::parse_date({day, sizeof day})) return false;
  if (text.size() == size) return true;
  const char mark = text[size];
  return (mark == 'T' || mark == 't' || mark == ' ') && text.size() > size + 1 &&
         ascii::is_digit(text[size + 1]);
}

bool is_of_type(string_view value, TxtValueType type) noexcept {
  switch (type) {
    case TxtValueType::any:
    case TxtValueType::path:
      return true;
    case TxtValueType::number:
      return is_number(value);
    case TxtValueType::port:
      return is_port(value);
    case TxtValueType::version:
      return is_version(value);
    case TxtValueType::hex:
      return is_hex(value);
    case TxtValueType::mac:
      return is_mac(value);
    case TxtValueType::uuid:
      return is_uuid(value);
    case TxtValueType::url:
      return is_url(value);
    case TxtValueType::boolean:
      return is_boolean(value);
    case TxtValueType::address:
      return is_address_literal(value);
    case TxtValueType::host:
      return is_host(value);
    case TxtValueType::date:
      return is_date(value);
  }
  return true;
}

}  // namespace

bool suits(const TxtKey& key, std::optional<std::string_view> value) noexcept {
  if (key.kind == TxtKeyKind::bare) return true;
  if (!value) return false;
  switch (key.kind) {
    case TxtKeyKind::bare:
      return true;
    case TxtKeyKind::literal:
      return ascii::equal(key.value, *value);
    case TxtKeyKind::enumeration:
      return std::any_of(key.values.begin(), key.values.end(),
                         [&](const std::string& one) { return ascii::equal(one, *value); });
    case TxtKeyKind::placeholder:
      return is_of_type(*value, key.type);
  }
  return true;
}

}  // namespace srvwarden
