// Unicode properties through utf8proc.
// SPDX-License-Identifier: Apache-2.0
#include "rules/unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "srvwarden/ascii.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::rules::unicode {

std::string to_nfc(std::string_view text) {
  if (utf8::find_ill_formed(text) != text.npos) return {};
  utf8proc_uint8_t* mapped = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (size < 0) return {};
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size)};
}

bool is_nfc(std::string_view text) {
  if (std::ranges::all_of(text, ascii::is_ascii)) return true;
  return to_nfc(text) == text;
}

std::string from_latin1(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet < 0x80) {
      out += c;
    } else if (octet < 0xA0) {
      return {};
    } else {
      out += static_cast<char>(0xC0 | octet >> 6);
      out += static_cast<char>(0x80 | (octet & 0x3F));
    }
  }
  return out;
}

bool is_assigned(char32_t code_point) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(code_point)) != UTF8PROC_CATEGORY_CN;
}

std::string_view version() { return utf8proc_unicode_version(); }

}  // namespace srvwarden::rules::unicode
