// Putting an import together.
// SPDX-License-Identifier: Apache-2.0
#include "registry/formats/table_import.hpp"

#include <algorithm>
#include <utility>

namespace srvwarden::registry {

void TableImport::start_row(std::size_t offset) {
  const std::string_view passed = source().substr(counted_, offset - counted_);
  line_ += static_cast<std::uint32_t>(std::count(passed.begin(), passed.end(), '\n'));
  counted_ = offset;
  const auto line_break = source().substr(0, offset).rfind('\n');
  start_row(line_break == source().npos ? 0 : line_break + 1, line_);
}

RegistryImport TableImport::finish(std::optional<RegistryDate> stated) && {
  checks_.check_replacements();
  std::stable_sort(import_.problems.begin(), import_.problems.end(),
                   [](const auto& a, const auto& b) { return a.at.offset < b.at.offset; });
  import_.rows_kept = builder_.records().size();
  import_.rows_rejected = import_.rows_read - import_.rows_kept;
  import_.table =
      std::move(builder_).finish(stated ? *stated : settings_.edition.value_or(checks_.newest()));
  return std::move(import_);
}

}  // namespace srvwarden::registry
