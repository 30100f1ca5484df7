// Searching for near names.
// SPDX-License-Identifier: Apache-2.0
#include "rules/near_names.hpp"

#include <utility>

namespace srvwarden::rules {

const NearNames::Found& NearNames::of(const Registry& registry, std::string_view name) {
  std::string key(name);
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  if (left_ == 0) return nothing_;
  --left_;
  Found found{registry.nearest(name), false};
  if (found.names.empty()) found = {registry.find_in_titles(name), true};
  if (known_.size() >= max_known) known_.clear();
  return known_.emplace(std::move(key), std::move(found)).first->second;
}

}  // namespace srvwarden::rules
