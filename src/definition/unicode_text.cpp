// What every parser of text formats must not be given: other encodings, control characters.
// SPDX-License-Identifier: Apache-2.0
#include "definition/unicode_text.hpp"

#include <algorithm>
#include <array>

#include "srvwarden/utf8.hpp"

namespace srvwarden::definition {
namespace {

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

bool report(const Reading& reading, std::size_t offset, std::size_t length, std::string detail) {
  reading.problem(ProblemCode::bad_encoding, offset, length, std::move(detail));
  reading.definition.problems.back().help = "Save it as UTF-8 text. Nothing of it has been read.";
  return true;
}

/// The first place that keeps the text from being read, if there is one.
bool find_unreadable(const Reading& reading, TextNeeds needs) {
  const std::string_view text = reading.source.text();
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return report(reading, 0, 2, "UTF-16");
  }
  if (needs == TextNeeds::no_utf16) return false;
  if (needs == TextNeeds::no_nul) {
    const std::size_t nul = text.find('\0');
    return nul != text.npos && report(reading, nul, 1, "a NUL byte: is this a binary file?");
  }
  const std::size_t bad = utf8::find_ill_formed(text);
  const auto control = std::ranges::find_if(text.substr(0, bad), is_control);
  const auto at = static_cast<std::size_t>(control - text.begin());
  if (at < std::min(bad, text.size())) return report(reading, at, 1, "a control character");
  return bad != text.npos && report(reading, bad, 1, "a byte that is not UTF-8");
}

}  // namespace

bool is_readable(const Reading& reading, TextNeeds needs) {
  return needs == TextNeeds::nothing || !find_unreadable(reading, needs);
}

bool has_placeholder(std::string_view text) noexcept {
  constexpr std::array<std::string_view, 8> marks = {"${", "$(", "{{", "{%",
                                                     "[[", "%{", "#{", "<%"};
  return std::ranges::any_of(marks,
                             [&](std::string_view mark) { return text.find(mark) != text.npos; });
}

}  // namespace srvwarden::definition
