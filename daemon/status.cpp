// Status: the words for its values.
// SPDX-License-Identifier: Apache-2.0
#include "status.hpp"

namespace srvwarden::daemon {

std::string_view name_of(ServiceState state) noexcept {
  switch (state) {
    case ServiceState::waiting:
      return "waiting";
    case ServiceState::probing:
      return "probing";
    case ServiceState::established:
      return "established";
    case ServiceState::verified:
      return "verified";
    case ServiceState::withdrawn:
      return "withdrawn";
    case ServiceState::lost:
      return "lost";
    case ServiceState::failed:
      return "failed";
  }
  return "";
}

}  // namespace srvwarden::daemon
