// Extents of TXT strings: the element or the word that a string of a definition file is written as.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "srvwarden/definition.hpp"

namespace srvwarden::rules {

/// The TXT strings of a file, found by their places.
class TxtExtents {
 public:
  /// Both must outlive this.
  TxtExtents(const Definition& definition, std::string_view text);

  /// The extents of a TXT record's strings, from the first to the one that `offset` is in; empty
  /// where one of them is not written in the plain way, so that it had better be mended by hand.
  std::vector<Span> up_to(std::size_t offset) const;

  /// What to remove so that the string that `offset` is in is gone: with its line, where it has one
  /// of its own, or with the blanks that set it off.
  std::optional<Span> removal_of(std::size_t offset) const;

 private:
  struct String {
    const ServiceDefinition* service;
    std::size_t index;  ///< in service->txt

    const DefinitionText& text() const { return service->txt[index]; }
  };

  const String* string_at(std::size_t offset) const;
  std::optional<Span> extent_of(const DefinitionText& string) const;

  DefinitionFormat format_;
  std::string_view text_;
  std::vector<String> strings_;  ///< by place
};

/// The lines that the extent is on, without the last line break.
Span line_around(std::string_view text, Span extent);

/// The extent, and where nothing else stands on its line, the whole of that.
Span with_line(std::string_view text, Span extent);

}  // namespace srvwarden::rules
