// The forms in which the registry is published, and how each is told from the others.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "registry/formats/source_row.hpp"
#include "srvwarden/registry_table.hpp"

namespace srvwarden::registry {

/// Reads a whole file; the day of the edition is the file's own where it states one.
using ReadFormat = Result<RegistryImport, RegistryProblem>(std::string text,
                                                           const ImportSettings& settings);
/// Whether a file is in this format, from its first bytes.
using RecognizeFormat = bool(std::string_view text);

struct RegistryFormat {
  std::string_view name;    ///< "csv"
  std::string_view losses;  ///< what this form of an edition no longer has, in words; or empty
  RecognizeFormat* recognizes;
  ReadFormat* read;
};

/// Every format; the first that recognizes a file reads it.
std::span<const RegistryFormat> registry_formats() noexcept;

ReadFormat import_csv, import_tsv, import_xml, import_xhtml, import_text, import_markdown,
    import_page;
RecognizeFormat is_csv, is_tsv, is_xml, is_xhtml, is_text, is_page, is_markdown;

/// Has the format that recognizes the text read it.
ReadFormat read_any_format;

}  // namespace srvwarden::registry
