// Lines of systemd's configuration files: comments left out, continued lines joined.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "definition/source.hpp"
#include "definition/text_builder.hpp"
#include "srvwarden/finding.hpp"

namespace srvwarden::definition {

/// A text that may be joined from several lines, with the place of each byte.
struct MappedText {
  std::string bytes;
  std::vector<std::size_t> offsets;  ///< one a byte, and the end

  /// The place of bytes[from, to) in the file.
  Span span(std::size_t from, std::size_t to) const;
  /// bytes[from, to) without white space at its ends.
  MappedText stripped(std::size_t from, std::size_t to) const;
  /// Adds bytes[from, to) to a builder.
  void add_to(TextBuilder& builder, const Source& source, std::size_t from, std::size_t to) const;
};

/// Hands over each logical line that is not empty, stripped. Lines that are not UTF-8 are a
/// problem and left out. systemd.syntax(7).
void read_systemd_lines(const Reading& reading, const std::function<void(const MappedText&)>& line);

}  // namespace srvwarden::definition
