// Words of a value: white space between them, quotes removed, C-style escapes replaced.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "definition/systemd_lines.hpp"

namespace srvwarden::definition {

struct Word {
  TextBuilder text;
  std::size_t at = 0;  ///< where it begins in the file, its quote included
};

/// Splits a value. An escape that systemd does not know is a problem and stays as it is.
///
/// @return  the words; nothing if a quote is not closed (a problem: systemd drops the whole line).
/// @see     systemd.syntax(7), QUOTING.
std::optional<std::vector<Word>> split_words(const Reading& reading, const MappedText& value);

}  // namespace srvwarden::definition
