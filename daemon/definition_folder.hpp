// DefinitionFolder: reads and checks all definitions of one folder.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <system_error>
#include <vector>

#include "log.hpp"
#include "supervisor.hpp"

namespace srvwarden::daemon {

/// The folder's *.service and *.dnssd files, but for hidden ones; not those of folders in it.
class DefinitionFolder {
 public:
  explicit DefinitionFolder(std::string path) : path_(std::move(path)) {}

  const std::string& path() const noexcept { return path_; }

  /// Reads all files in the order of their names. Errors and warnings, and files that cannot be
  /// read, go to the log, and such a file comes without being acceptable.
  ///
  /// @return  why the folder itself cannot be read; then files is left as it is.
  std::error_code read(std::vector<CheckedFile>& files, Log& log) const;

 private:
  std::string path_;
};

}  // namespace srvwarden::daemon
