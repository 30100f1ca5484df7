// The formats of definition files: a row each, with how it is told from the others and read.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "definition/source.hpp"
#include "srvwarden/definition.hpp"

namespace srvwarden::definition {

/// What a file must be before its reader is given it.
enum class TextNeeds : std::uint8_t {
  nothing,   ///< the reader tells itself what it cannot read
  no_utf16,  ///< lines are read one by one, and those that are not UTF-8 are left out
  no_nul,    ///< nor a NUL byte: other encodings and controls do no harm
  unicode,   ///< UTF-8 throughout, without control characters
};

struct FormatInfo {
  DefinitionFormat format;
  std::string_view name;  ///< on the command line
  /// Whether a file is in this format; null: it is never told, only asked for.
  bool (*recognizes)(std::string_view path, std::string_view text);
  void (*read)(const Reading& reading);
  std::size_t max_size;  ///< bytes
  TextNeeds needs;
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
