// Which files a lint run reads.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <system_error>

namespace srvwarden::tool {

/// What the walk comes upon. Paths are the one that was given and what is below it.
struct FileVisitor {
  std::function<bool(const std::string& path)> enters;  ///< whether a file or folder is wanted
  std::function<void(const std::string& path)> file;
  std::function<void(const std::string& path, std::error_code error)> unreadable;
};

/// Every file below a folder, by the alphabet; hidden ones and links to folders are passed over.
void visit_files(const std::string& folder, const FileVisitor& visitor);

}  // namespace srvwarden::tool
