// The formats of definition files: a row each, with how it is told from the others and read.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "definition/source.hpp"
#include "srvwarden/definition.hpp"

namespace srvwarden::definition {

struct FormatInfo {
  DefinitionFormat format;
  std::string_view name;  ///< on the command line
  /// Whether a file is in this format; null: it is never told, only asked for.
  bool (*recognizes)(std::string_view path, std::string_view text);
  void (*read)(const Reading& reading);
  std::size_t max_size;               ///< bytes
  Few<std::string_view, 3> comments;  ///< what begins one
  bool comments_anywhere = false;     ///< behind something else on a line, too
};

/// Every format, in the order of DefinitionFormat; the first that recognizes a file reads it.
std::span<const FormatInfo> formats() noexcept;

const FormatInfo& info_of(DefinitionFormat format) noexcept;

/// The last part of a path.
std::string_view file_name(std::string_view path) noexcept;

/// The text without a byte order mark and white space in front.
std::string_view first_text(std::string_view text) noexcept;

}  // namespace srvwarden::definition
