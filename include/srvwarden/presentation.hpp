// Presentation form: names as text, with the escapes of RFC 1035 §5.1, read octet by octet.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "srvwarden/ascii.hpp"
#include "srvwarden/error.hpp"

namespace srvwarden {

/// One step of reading presentation form: an octet, a label separator, or a faulty escape.
struct PresentationStep {
  char octet = 0;
  bool is_separator = false;  ///< an unescaped dot
  Errc code = Errc::none;     ///< ES001 to ES003; then size spans the faulty escape
  std::size_t size = 0;       ///< bytes of text; 0 at the end
};

/// Reads what stands at text[at]: `\X` is X, `\DDD` the octet of that decimal value. RFC 1035 §5.1.
constexpr PresentationStep read_presentation(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size()) return {};
  const char c = text[at];
  if (c != '\\') return {c, c == '.', Errc::none, 1};
  if (at + 1 == text.size()) return {c, false, Errc::escape_dangling, 1};
  if (!ascii::is_digit(text[at + 1])) return {text[at + 1], false, Errc::none, 2};
  unsigned value = 0;
  for (std::size_t i = 1; i <= 3; ++i) {
    if (at + i == text.size() || !ascii::is_digit(text[at + i])) {
      return {c, false, Errc::escape_too_few_digits, i};
    }
    value = value * 10 + static_cast<unsigned>(text[at + i] - '0');
  }
  if (value > 255) return {c, false, Errc::escape_above_255, 4};
  return {static_cast<char>(static_cast<unsigned char>(value)), false, Errc::none, 4};
}

/// Walks a whole name: sink.octet(octet, source offset) for each octet and
/// sink.end_label(source offset of its end) after each label. "." and "" have no label.
///
/// @param absolute  set where a final unescaped dot ends the name.
/// @return  the first fault of escapes (ES) or labels (NM003), with its byte offset, or Errc::none.
template <class Sink>
constexpr Error walk_name(std::string_view text, Sink& sink, bool& absolute) noexcept {
  absolute = text == ".";
  if (absolute) return {};
  std::size_t label = 0;
  for (std::size_t at = 0; at < text.size();) {
    const PresentationStep step = read_presentation(text, at);
    if (step.code != Errc::none) return {step.code, at};
    if (!step.is_separator) {
      sink.octet(step.octet, at);
    } else if (at == label) {
      return {Errc::label_empty, at};
    } else {
      sink.end_label(at);
      label = at + 1;
      absolute = label == text.size();
    }
    at += step.size;
  }
  if (label < text.size()) sink.end_label(text.size());
  return {};
}

/// Appends a label in presentation form: dot and backslash escaped, controls and bytes that are
/// not UTF-8 as `\DDD`, all else (spaces too) as it is. RFC 6763 §4.3.
void append_presentation(std::string& out, std::string_view label);

/// A label in presentation form.
std::string to_presentation(std::string_view label);

}  // namespace srvwarden
