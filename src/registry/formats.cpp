// The table of formats.
// SPDX-License-Identifier: Apache-2.0
#include "registry/formats.hpp"

#include <utility>

#include "registry/table_builder.hpp"

namespace srvwarden {
namespace registry {
namespace {

constexpr RegistryFormat formats[] = {
    {"tsv", "", is_tsv, import_tsv},
    {"csv", "", is_csv, import_csv},
};

}  // namespace

std::span<const RegistryFormat> registry_formats() noexcept { return formats; }

}  // namespace registry

Result<RegistryImport, RegistryProblem> read_registry(std::string text,
                                                      std::optional<RegistryDate> edition) {
  if (text.size() > registry::max_file_size) {
    return RegistryProblem{RegistryIssue::too_large, {}, true, {}};
  }
  for (const registry::RegistryFormat& format : registry::registry_formats()) {
    if (!format.recognizes(text)) continue;
    auto import = format.read(std::move(text), edition);
    if (import) {
      import->format = format.name;
      import->losses = format.losses;
    }
    return import;
  }
  const std::string_view line = std::string_view(text).substr(0, text.find_first_of("\r\n"));
  return RegistryProblem{RegistryIssue::unknown_format, {}, true, registry::shorten(line)};
}

}  // namespace srvwarden
