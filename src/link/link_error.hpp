// LinkError: what the system refused, as a code and in words.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <system_error>

namespace srvwarden::link {

struct LinkError {
  std::error_code code;
  std::string words;  ///< one line, whole: "cannot read x.pcap: No such file or directory"
};

}  // namespace srvwarden::link
