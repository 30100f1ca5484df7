// SocketFile: a listening Unix socket and its file, which is never somebody else's.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

namespace srvwarden::daemon {

class SocketFile {
 public:
  SocketFile() = default;
  SocketFile(const SocketFile&) = delete;
  SocketFile& operator=(const SocketFile&) = delete;
  ~SocketFile() { remove(); }

  /// Makes the file, and its folder where that is missing. A socket that nobody listens on is
  /// replaced, and nothing else is. Until its owner and mode are set, nobody else can connect.
  ///
  /// @param mode  permission bits; connecting needs that of writing.
  /// @return      empty, or why not, and how to mend it.
  std::string open(const std::string& path, mode_t mode, std::optional<gid_t> group);
  /// The listening descriptor, non-blocking, whose owner is the caller from now on; -1 without one.
  int release() noexcept;
  /// Removes the file if it still is the one that was made.
  void remove() noexcept;

 private:
  std::string bind(const std::string& path);
  std::string permit(mode_t mode, std::optional<gid_t> group);

  std::string path_;
  int fd_ = -1;
  int made_ = -1;  ///< the file that was made, held so that no other can have its number
};

}  // namespace srvwarden::daemon
