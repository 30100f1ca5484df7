// Presentation form: labels written so that they read back as the same octets.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/presentation.hpp"

#include "srvwarden/utf8.hpp"

namespace srvwarden {
namespace {

void append_octet(std::string& out, char octet) {
  const auto value = static_cast<unsigned char>(octet);
  out += '\\';
  out += static_cast<char>('0' + value / 100);
  out += static_cast<char>('0' + value / 10 % 10);
  out += static_cast<char>('0' + value % 10);
}

}  // namespace

void append_presentation(std::string& out, std::string_view label) {
  for (std::size_t at = 0; at < label.size();) {
    const char c = label[at];
    const utf8::Step step = utf8::read(label, at);
    if (c == '.' || c == '\\') {
      out += '\\';
      out += c;
    } else if (step.size == 0 || ascii::is_control(c) || utf8::is_c1_control(step.code_point)) {
      for (std::size_t i = 0; i < (step.size == 0 ? 1 : step.size); ++i) {
        append_octet(out, label[at + i]);
      }
    } else {
      out.append(label, at, step.size);
    }
    at += step.size == 0 ? 1 : step.size;
  }
}

std::string to_presentation(std::string_view label) {
  std::string out;
  append_presentation(out, label);
  return out;
}

}  // namespace srvwarden
