// Texts of XML, with their references read.
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdint>
#include <string>

#include "registry/formats/xml_reference.hpp"
#include "registry/formats/xml_scanner.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::registry {
namespace {

/// XML 1.0 §2.2.
constexpr bool is_character(std::uint32_t code) noexcept {
  return code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code < 0xD800) ||
         (code >= 0xE000 && code <= 0x10FFFF && code != 0xFFFE && code != 0xFFFF);
}

std::optional<char32_t> numbered_character(std::string_view digits) noexcept {
  const bool hex = digits.starts_with('x');
  if (hex) digits.remove_prefix(1);
  if (digits.empty()) return {};
  std::uint32_t code = 0;
  for (const char c : digits) {
    const int digit = ascii::hex_digit(c);
    if (digit < 0 || (!hex && digit > 9)) return {};
    code = code * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
    if (code > 0x10FFFF) return {};
  }
  if (!is_character(code)) return {};
  return static_cast<char32_t>(code);
}

}  // namespace

std::optional<XmlReference> xml_reference_at(std::string_view text) noexcept {
  constexpr std::size_t longest = 16;
  const auto end = text.substr(0, longest).find(';');
  if (end == text.npos) return {};
  const std::string_view name = text.substr(1, end - 1);
  if (name.starts_with('#')) {
    const auto character = numbered_character(name.substr(1));
    if (!character) return {};
    return XmlReference{end + 1, *character};
  }
  struct Entity {
    std::string_view name;
    char32_t character;
  };
  static constexpr std::array<Entity, 5> entities = {
      {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
  for (const Entity& entity : entities) {
    if (name == entity.name) return XmlReference{end + 1, entity.character};
  }
  return {};
}

void XmlText::append_to(std::string& out) const {
  if (plain) {
    out += raw;
    return;
  }
  for (std::size_t at = 0; at < raw.size(); ++at) {
    const char c = raw[at];
    if (c == '\r') {
      if (raw.substr(at + 1, 1) != "\n") out += '\n';
    } else if (const auto reference =
                   c == '&' && !cdata ? xml_reference_at(raw.substr(at)) : std::nullopt) {
      utf8::append(out, reference->character);
      at += reference->size - 1;
    } else {
      out += c;
    }
  }
}

}  // namespace srvwarden::registry
