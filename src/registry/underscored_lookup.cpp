// Finding a label among the underscored names that are compiled in.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "srvwarden/ascii.hpp"
#include "srvwarden/underscored_names.hpp"

namespace srvwarden {

const UnderscoredName* find_underscored_name(std::string_view label) noexcept {
  for (const UnderscoredName& entry : underscored_names()) {
    const bool wildcard = entry.name.ends_with('*');
    const std::string_view wanted = entry.name.substr(0, entry.name.size() - (wildcard ? 1 : 0));
    if (ascii::equal(wildcard ? label.substr(0, wanted.size()) : label, wanted)) return &entry;
  }
  return nullptr;
}

}  // namespace srvwarden
