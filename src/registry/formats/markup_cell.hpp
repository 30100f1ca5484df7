// MarkupCell: a cell of IANA's table put together from the texts between tags.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "registry/formats/source_row.hpp"
#include "registry/formats/table_import.hpp"
#include "registry/formats/xml_scanner.hpp"

namespace srvwarden::registry {

class MarkupCell {
 public:
  /// Forgets the last cell. `at`: where this one is, should it be empty.
  void start(std::size_t at);
  /// `at`: where the text stands in the source.
  void add(const XmlText& text, std::size_t at);
  /// A line break, unless the text has one there.
  void add_break() { broken_ = !empty(); }
  /// IANA's CSV sets a paragraph in by eight spaces.
  void add_indent();
  /// "[key]"
  void add_key(std::string_view key);
  bool empty() const { return single_.raw.empty() && joined_.empty(); }

  /// The text as IANA's CSV has it: without white space around it, and lines that end in a space
  /// joined with the indented one below. A view of the source where the text stands there.
  SourceCell finish(TableImport& import);

 private:
  void join();

  XmlText single_;      ///< the only text so far
  std::string joined_;  ///< of several texts, or of one with references
  std::string_view last_kept_;
  std::size_t at_ = 0;
  bool broken_ = false;
};

/// References as IANA's CSV has them: it leaves out which section of an Internet-Draft is meant.
std::string_view without_draft_sections(std::string_view references, TableImport& import);

}  // namespace srvwarden::registry
