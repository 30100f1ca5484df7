// Service instance names as text.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/service_instance_name.hpp"

namespace srvwarden {

std::string ServiceInstanceName::text() const {
  std::string out = to_presentation(instance_.text());
  out.append(".").append(type_.text()).append(".");
  if (!domain_.is_root()) out += domain_.text();
  return out;
}

}  // namespace srvwarden
