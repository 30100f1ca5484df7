// Domain names as text.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/domain_name.hpp"

namespace srvwarden {

std::string DomainName::text() const {
  if (is_root()) return ".";
  std::string out;
  for (std::size_t at = 0; at < size_;) {
    const std::size_t size = static_cast<unsigned char>(octets_[at]);
    append_presentation(out, wire().substr(at + 1, size));
    out += '.';
    at += 1 + size;
  }
  return out;
}

}  // namespace srvwarden
