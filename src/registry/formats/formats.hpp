// The forms in which the registry is published, and how each is told from the others.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "registry/formats/source_row.hpp"
#include "srvwarden/registry_table.hpp"

namespace srvwarden::registry {

struct RegistryFormat {
  std::string_view name;    ///< "csv"
  std::string_view losses;  ///< what this form of an edition no longer has, in words; or empty
  /// Whether a file is in this format, from its first bytes.
  bool (*recognizes)(std::string_view text);
  Result<RegistryImport, RegistryProblem> (*read)(std::string text, const ImportSettings& settings);
};

/// Every format; the first that recognizes a file reads it.
std::span<const RegistryFormat> registry_formats() noexcept;

// Each reads a whole file; the day of the edition is the file's own where it states one.
Result<RegistryImport, RegistryProblem> import_csv(std::string text,
                                                   const ImportSettings& settings);
Result<RegistryImport, RegistryProblem> import_tsv(std::string text,
                                                   const ImportSettings& settings);
Result<RegistryImport, RegistryProblem> import_xml(std::string text,
                                                   const ImportSettings& settings);
Result<RegistryImport, RegistryProblem> import_xhtml(std::string text,
                                                     const ImportSettings& settings);
Result<RegistryImport, RegistryProblem> import_text(std::string text,
                                                    const ImportSettings& settings);
Result<RegistryImport, RegistryProblem> import_markdown(std::string text,
                                                        const ImportSettings& settings);
Result<RegistryImport, RegistryProblem> import_page(std::string text,
                                                    const ImportSettings& settings);

bool is_csv(std::string_view text);
bool is_tsv(std::string_view text);
bool is_xml(std::string_view text);
bool is_xhtml(std::string_view text);
bool is_text(std::string_view text);
bool is_page(std::string_view text);
bool is_markdown(std::string_view text);

/// Has the format that recognizes the text read it.
Result<RegistryImport, RegistryProblem> read_any_format(std::string text,
                                                        const ImportSettings& settings);

}  // namespace srvwarden::registry
