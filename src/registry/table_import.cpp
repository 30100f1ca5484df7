// Putting an import together.
// SPDX-License-Identifier: Apache-2.0
#include "registry/table_import.hpp"

#include <algorithm>
#include <utility>

namespace srvwarden::registry {

RegistryImport TableImport::finish(std::optional<RegistryDate> edition) && {
  checks_.check_replacements();
  std::stable_sort(import_.problems.begin(), import_.problems.end(),
                   [](const auto& a, const auto& b) { return a.at.offset < b.at.offset; });
  import_.rows_kept = builder_.records().size();
  import_.rows_rejected = import_.rows_read - import_.rows_kept;
  import_.table = std::move(builder_).finish(edition.value_or(checks_.newest()));
  return std::move(import_);
}

}  // namespace srvwarden::registry
