// Source: the text of a definition file, and the line and column of each offset in it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "srvwarden/definition.hpp"

namespace srvwarden::definition {

/// A view of a file's text; the text must outlive it.
class Source {
 public:
  explicit Source(std::string_view text);

  std::string_view text() const { return text_; }
  /// Offsets beyond the end are the end.
  Place place(std::size_t offset) const;
  /// A text that the file has just so.
  DefinitionText verbatim(std::size_t offset, std::size_t length) const;
  /// Calls back with each line, without its line break ("\n" or "\r\n"), and its offset. A byte
  /// order mark is passed over.
  void for_each_line(const std::function<void(std::string_view, std::size_t)>& line) const;

 private:
  std::string_view text_;
  std::vector<std::size_t> line_starts_;
};

/// What a reader fills: the definition, its source, and a short way to report.
struct Reading {
  const Source& source;
  Definition& definition;

  void problem(ProblemCode code, std::size_t offset, std::size_t length, std::string detail) const;
  /// The problem of a whole text.
  void problem(ProblemCode code, const DefinitionText& text, std::string detail) const;
};

}  // namespace srvwarden::definition
