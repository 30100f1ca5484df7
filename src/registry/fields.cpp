// Fields of registry files.
// SPDX-License-Identifier: Apache-2.0
#include "registry/fields.hpp"

#include <algorithm>
#include <array>

#include "core/bytes.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/registry_table.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::registry {

std::optional<std::uint32_t> parse_number(std::string_view text, std::uint32_t most) noexcept {
  if (text.empty() || text.size() > 10 || (text[0] == '0' && text.size() > 1)) return {};
  std::uint64_t value = 0;
  for (const char c : text) {
    if (!ascii::is_digit(c)) return {};
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (value > most) return {};
  return static_cast<std::uint32_t>(value);
}

std::optional<PortRange> parse_ports(std::string_view text) noexcept {
  if (text.empty()) return PortRange{};
  const auto dash = text.find('-');
  const auto first = parse_number(text.substr(0, dash), 65535);
  const auto last = dash == text.npos ? first : parse_number(text.substr(dash + 1), 65535);
  if (!first || !last || *first > *last) return {};
  return PortRange{static_cast<std::uint16_t>(*first), static_cast<std::uint16_t>(*last), true};
}

namespace {

/// Digits of a fixed width, or -1.
int digits(std::string_view text) noexcept {
  int value = 0;
  for (const char c : text) {
    if (!ascii::is_digit(c)) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

int days_in(int year, int month) noexcept {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

}  // namespace

std::optional<RegistryDate> parse_date(std::string_view text) noexcept {
  if (text.empty()) return RegistryDate{};
  if ((text.size() != 7 && text.size() != 10) || text[4] != '-') return {};
  const int year = digits(text.substr(0, 4));
  const int month = digits(text.substr(5, 2));
  // No registry is older, and an image has twenty bits for a date.
  if (year < first_year || year > last_year || month < 1 || month > 12) return {};
  int day = 0;
  if (text.size() == 10) {
    if (text[7] != '-') return {};
    day = digits(text.substr(8, 2));
    if (day < 1 || day > days_in(year, month)) return {};
  }
  return RegistryDate{static_cast<std::uint16_t>(year), static_cast<std::uint8_t>(month),
                      static_cast<std::uint8_t>(day)};
}

std::optional<RegistryTransport> parse_transport(std::string_view text) noexcept {
  for (int i = 0; i <= static_cast<int>(RegistryTransport::dccp); ++i) {
    const auto transport = static_cast<RegistryTransport>(i);
    if (text == name_of(transport)) return transport;
  }
  return {};
}

std::optional<RegistryStatus> parse_status(std::string_view text) noexcept {
  for (int i = 0; i <= static_cast<int>(RegistryStatus::not_a_service); ++i) {
    const auto status = static_cast<RegistryStatus>(i);
    if (text == name_of(status)) return status;
  }
  return {};
}

namespace {

bool has_edge_space(std::string_view text) noexcept {
  return !text.empty() && (text.front() == ' ' || text.back() == ' ');
}

}  // namespace

namespace {

using bytes::Bytes;

constexpr std::uint8_t not_plain = 1;
constexpr std::uint8_t sign = 2;

unsigned kinds_in(Bytes part) noexcept {
  const auto strange = (Bytes)(part - 0x20 > 0x7E - 0x20);
  const auto signs = (Bytes)(part == '@') | (Bytes)(part == '&');
  return (bytes::top_bits(strange) != 0 ? unsigned{not_plain} : 0u) |
         (bytes::top_bits(signs) != 0 ? unsigned{sign} : 0u);
}

unsigned kinds_of(char c) noexcept {
  static constexpr std::array<std::uint8_t, 256> kinds = [] {
    std::array<std::uint8_t, 256> table{};
    for (std::size_t i = 0; i < table.size(); ++i) table[i] = i < 0x20 || i > 0x7E ? not_plain : 0;
    table['@'] = table['&'] = sign;
    return table;
  }();
  return kinds[static_cast<unsigned char>(c)];
}

/// Looks at some bytes in the middle twice rather than at any alone.
unsigned kinds_in(std::string_view text) noexcept {
  const char* const from = text.data();
  if (text.size() >= sizeof(Bytes)) {
    unsigned seen = kinds_in(bytes::load<Bytes>(from + text.size() - sizeof(Bytes)));
    for (std::size_t at = 0; at + sizeof(Bytes) < text.size(); at += sizeof(Bytes)) {
      seen |= kinds_in(bytes::load<Bytes>(from + at));
    }
    return seen;
  }
  if (text.size() >= sizeof(bytes::Word)) {
    const auto last = bytes::load<bytes::Word>(from + text.size() - sizeof(bytes::Word));
    return kinds_in((Bytes)bytes::Words{bytes::load<bytes::Word>(from), last});
  }
  unsigned seen = 0;
  for (const char c : text) seen |= kinds_of(c);
  return seen;
}

}  // namespace

TextScan scan(std::string_view text) noexcept {
  const unsigned seen = kinds_in(text);
  return {(seen & not_plain) == 0 && !has_edge_space(text), (seen & sign) != 0};
}

bool is_clean(std::string_view text) noexcept {
  return is_plain(text) || (std::none_of(text.begin(), text.end(), ascii::is_control) &&
                            utf8::find_ill_formed(text) == text.npos && !has_edge_space(text));
}

namespace {

bool is_address_part(char c) noexcept {
  return ascii::is_alphanumeric(c) || c == '-' || c == '_' || c == '.' || c == '+';
}

/// A dot between letters or digits in the word that starts here.
bool starts_domain(std::string_view text) noexcept {
  const auto end = std::find_if_not(text.begin(), text.end(), is_address_part);
  const auto word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  const auto dot = word.find('.', 1);
  return dot != word.npos && dot + 1 < word.size() && word[0] != '.' &&
         ascii::is_alphanumeric(word[dot + 1]);
}

}  // namespace

bool has_address(std::string_view text) noexcept {
  for (auto at = text.find_first_of("@&"); at != text.npos; at = text.find_first_of("@&", at + 1)) {
    if (at == 0 || !is_address_part(text[at - 1]) || !starts_domain(text.substr(at + 1))) continue;
    const auto opening = text.rfind('<', at);
    if (text[at] == '@' || opening != text.npos) return true;
  }
  return false;
}

}  // namespace srvwarden::registry

namespace srvwarden {

std::optional<RegistryDate> find_date(std::string_view text) noexcept {
  const auto ends_number = [&](std::size_t at) {
    return at >= text.size() || !ascii::is_digit(text[at]);
  };
  for (std::size_t at = 0; at + 7 <= text.size(); ++at) {
    if (at > 0 && ascii::is_digit(text[at - 1])) continue;
    for (const std::size_t size : {std::size_t{10}, std::size_t{7}}) {
      const auto date = registry::parse_date(text.substr(at, size));
      if (at + size <= text.size() && ends_number(at + size) && date) return date;
    }
  }
  return {};
}

}  // namespace srvwarden
