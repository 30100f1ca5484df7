// MarkupImport: what the importers of XML and of XHTML share.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "registry/fields.hpp"
#include "registry/formats/markup_cell.hpp"
#include "registry/formats/table_import.hpp"
#include "registry/formats/xml_scanner.hpp"

namespace srvwarden::registry {

class MarkupImport {
 public:
  MarkupImport(std::string text, const ImportSettings& settings)
      : import_(std::move(text), settings), scanner_(import_.source()) {}

 protected:
  /// Ends the import with a fault of the file. False, for the reader's caller to return.
  bool refuse(RegistryIssue issue, std::size_t offset, std::string_view detail = {}) {
    fault_ = import_.refusal(issue, offset, detail);
    return false;
  }

  /// Takes the edition's day from the cell just read, or refuses the file.
  bool take_edition() {
    const SourceCell date = cell_.finish(import_);
    edition_ = parse_date(date.text);
    if (edition_ && *edition_) return true;
    return refuse(RegistryIssue::bad_edition, date.at, date.text);
  }

  /// Begins a row whose cells are all empty, and which starts here.
  void clear_row() {
    for (SourceCell& cell : row_) cell = {{}, scanner_.at()};
  }

  /// Once the reader has stopped: at the end, at a refusal or at a fault of the markup.
  Result<RegistryImport, RegistryProblem> finish() {
    if (fault_) return std::move(*fault_);
    if (scanner_.fault() == XmlFault::none) return std::move(import_).finish(edition_);
    const bool cut = scanner_.fault() == XmlFault::truncated;
    const auto text = import_.source().substr(scanner_.at());
    return import_.refusal(cut ? RegistryIssue::truncated : RegistryIssue::bad_markup,
                           scanner_.at(), text.substr(0, text.find_first_of("\r\n")));
  }

  TableImport import_;
  XmlScanner scanner_;
  SourceRow row_;
  MarkupCell cell_;

 private:
  std::optional<RegistryDate> edition_;
  std::optional<RegistryProblem> fault_;
};

}  // namespace srvwarden::registry
