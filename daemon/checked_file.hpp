// CheckedFile: a definition file as it was read, and whether it may be announced.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "srvwarden/definition.hpp"

namespace srvwarden::daemon {

/// The same definition is given again, not a copy of it, as long as its file stays as it is.
struct CheckedFile {
  std::string path;
  std::shared_ptr<const Definition> definition;  ///< never null where acceptable
  bool acceptable = false;                       ///< no error found; else it has been told already
  std::string complaint;                         ///< the first error: "line:column: message [rule]"
};

}  // namespace srvwarden::daemon
