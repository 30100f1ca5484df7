// Walking through folders.
// SPDX-License-Identifier: Apache-2.0
#include "tool/lint_files.hpp"

#include <algorithm>
#include <filesystem>
#include <vector>

namespace srvwarden::tool {

namespace fs = std::filesystem;

void visit_files(const std::string& folder, const FileVisitor& visitor) {
  std::error_code error;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    entries.push_back(*at);
  }
  if (error) return visitor.unreadable(folder, error);
  const auto text_of = [](const fs::directory_entry& entry) -> const std::string& {
    return entry.path().native();
  };
  std::ranges::sort(entries, {}, text_of);
  for (const fs::directory_entry& entry : entries) {
    const std::string& whole = text_of(entry);
    const std::string path = whole.starts_with("./") ? whole.substr(2) : whole;  // of "."
    const bool hidden = path[path.rfind('/') + 1] == '.';                        // npos + 1 is 0
    if (hidden || !visitor.enters(path)) continue;
    std::error_code ignored;
    if (entry.is_directory(ignored)) {
      if (!entry.is_symlink(ignored)) visit_files(path, visitor);
    } else if (entry.is_regular_file(ignored)) {
      visitor.file(path);
    }
  }
}

}  // namespace srvwarden::tool
