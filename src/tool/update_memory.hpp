// UpdateMemory: where an edition came from, so that the next update asks for changes only.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace srvwarden::tool {

/// Kept beside the edition, in FILE.source.
struct UpdateMemory {
  std::string url;
  std::string etag;           ///< as the server wrote it; may be empty
  std::string last_modified;  ///< the same
  std::string table;          ///< fingerprint of the edition's file

  /// What was remembered; or nothing, where that was about another URL or another file than the
  /// one that is there now.
  ///
  /// @param text  the edition's file.
  static UpdateMemory load(const std::string& file, std::string_view url, std::string_view text);

  /// @return  false where it could not be written.
  bool save(const std::string& file) const;
};

/// 16 hexadecimal digits (FNV-1a): enough to see that a file was changed by accident.
std::string fingerprint(std::string_view text);

}  // namespace srvwarden::tool
