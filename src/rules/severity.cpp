// The words for severities.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/finding.hpp"

namespace srvwarden {

std::string_view name_of(Severity severity) noexcept {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "";
}

}  // namespace srvwarden
