// The table of formats.
// SPDX-License-Identifier: Apache-2.0
#include "registry/formats/formats.hpp"

#include <utility>

#include "registry/table_builder.hpp"

namespace srvwarden {
namespace registry {
namespace {

constexpr std::string_view excerpt_losses =
    "the places of empty cells, so that a cell that could be another's, such as the only date of a "
    "row, is doubtful (such cells are named), and all rows that the excerpt leaves out";

constexpr RegistryFormat formats[] = {
    {"tsv", "", is_tsv, import_tsv},
    {"csv", "", is_csv, import_csv},
    {"xml", "", is_xml, import_xml},
    {"xhtml", "", is_xhtml, import_xhtml},
    {"markdown", excerpt_losses, is_markdown, import_markdown},
    {"text",
     "the line breaks of notes and titles, TXT keys that only these tell from prose, and, where "
     "two rows share lines, which row has which (such rows are named)",
     is_text, import_text},
    {"page", excerpt_losses, is_page, import_page},
};

}  // namespace

std::span<const RegistryFormat> registry_formats() noexcept { return formats; }

Result<RegistryImport, RegistryProblem> read_any_format(std::string text,
                                                        const ImportSettings& settings) {
  if (text.size() > max_file_size) return RegistryProblem{RegistryIssue::too_large, {}, true, {}};
  for (const RegistryFormat& format : formats) {
    if (!format.recognizes(text)) continue;
    auto import = format.read(std::move(text), settings);
    if (import) {
      import->format = format.name;
      import->losses = format.losses;
    }
    return import;
  }
  const std::string_view line = std::string_view(text).substr(0, text.find_first_of("\r\n"));
  return RegistryProblem{RegistryIssue::unknown_format, {}, true, shorten(line)};
}

}  // namespace registry

Result<RegistryImport, RegistryProblem> read_registry(std::string text,
                                                      std::optional<RegistryDate> edition) {
  return registry::read_any_format(std::move(text), {edition, {}});
}

}  // namespace srvwarden
