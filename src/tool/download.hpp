// Downloads over HTTPS, each bounded in time and size.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "srvwarden/result.hpp"

namespace srvwarden::tool {

struct DownloadRequest {
  std::string url;            ///< http:// or https://
  std::string ca_file;        ///< certificates to trust, PEM; empty: those of the system
  std::string etag;           ///< of what we have; empty: none
  std::string last_modified;  ///< the same, as the server wrote it
  std::chrono::seconds connect_timeout{10};
  std::chrono::seconds stall_timeout{30};        ///< with less than 100 bytes a second
  std::size_t max_size = std::size_t{64} << 20;  ///< bytes, after decompression
};

struct Download {
  bool not_modified = false;  ///< what we have is current; there is no body
  std::string body;
  std::string etag;           ///< for the next request; may be empty
  std::string last_modified;  ///< the same
};

/// Gets a file. At most five redirects are followed, none from HTTPS to HTTP. A proxy is taken from
/// the environment. On a terminal, standard error shows how far it is.
///
/// @return  the file, or in words for people why there is none.
Result<Download, std::string> download(const DownloadRequest& request);

}  // namespace srvwarden::tool
