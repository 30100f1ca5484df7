// Terminal text: what is not safe or not visible is spelt out.
// SPDX-License-Identifier: Apache-2.0
#include "report/terminal.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdio>

#include "srvwarden/ascii.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::report {
namespace {

bool is_plain(char32_t c) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category != UTF8PROC_CATEGORY_CC && category != UTF8PROC_CATEGORY_CF &&
         category != UTF8PROC_CATEGORY_ZL && category != UTF8PROC_CATEGORY_ZP &&
         category != UTF8PROC_CATEGORY_CN && category != UTF8PROC_CATEGORY_CO;
}

std::string spelt_out(char32_t c) {
  char text[16];
  std::snprintf(text, sizeof text, c < 0x80 ? "\\x%02x" : "<U+%04X>", static_cast<unsigned>(c));
  return text;
}

std::string spelt_out(char byte) {
  char text[8];
  std::snprintf(text, sizeof text, "\\x%02x",
                static_cast<unsigned>(static_cast<unsigned char>(byte)));
  return text;
}

std::size_t columns_of(char32_t c) {
  return static_cast<std::size_t>(
      std::max(0, utf8proc_charwidth(static_cast<utf8proc_int32_t>(c))));
}

bool is_printable(char c) { return c >= ' ' && c <= '~'; }

}  // namespace

TerminalText for_terminal(std::string_view bytes) {
  TerminalText out;
  out.text.reserve(bytes.size());
  out.columns.reserve(bytes.size() + 1);
  std::size_t column = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    if (is_printable(bytes[at])) {  // nearly all are: no table needs to be asked
      out.columns.push_back(column++);
      out.text += bytes[at++];
      continue;
    }
    const utf8::Step step = utf8::read(bytes, at);
    const std::size_t size = std::max<std::size_t>(step.size, 1);
    out.columns.insert(out.columns.end(), size, column);
    if (bytes[at] == '\t') {
      out.text += ' ';
      ++column;
    } else if (step.size > 0 && is_plain(step.code_point)) {
      out.text += bytes.substr(at, size);
      column += columns_of(step.code_point);
    } else {
      const std::string escape = step.size == 0 ? spelt_out(bytes[at]) : spelt_out(step.code_point);
      out.text += escape;
      column += escape.size();
    }
    at += size;
  }
  out.columns.push_back(column);
  return out;
}

std::string shown(std::string_view bytes) {
  if (std::ranges::all_of(bytes, is_printable)) return std::string(bytes);
  return for_terminal(bytes).text;
}

std::size_t width_of(std::string_view text) { return for_terminal(text).columns.back(); }

std::string cut(const std::string& text, std::size_t width) {
  const TerminalText whole = for_terminal(text);
  if (whole.columns.back() <= width) return text;
  std::size_t end = 0;
  while (end < text.size() && whole.columns[end] < width) ++end;
  while (end > 0 && whole.columns[end] > width - 1) --end;
  return std::string(utf8::prefix(text, end)) + "…";
}

}  // namespace srvwarden::report
