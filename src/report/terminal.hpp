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

}  // namespace srvwarden::report
