// Terminal text: untrusted bytes made fit to be shown, and where each of them stands.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace srvwarden::report {

/// Text as a terminal may show it: controls, bytes that are not UTF-8, and characters that change
/// direction or have no width are written as "\x1b" or "<U+202E>"; a tab is a space.
struct TerminalText {
  std::string text;                  ///< UTF-8
  std::vector<std::size_t> columns;  ///< of each byte of the input and of its end, from 0
};

TerminalText for_terminal(std::string_view bytes);

/// The text alone.
std::string shown(std::string_view bytes);

/// Columns of a text that is fit for a terminal.
std::size_t width_of(std::string_view text);

/// Such a text, cut to a width of one or more columns; "…" says that it was.
std::string cut(const std::string& text, std::size_t width);

}  // namespace srvwarden::report
