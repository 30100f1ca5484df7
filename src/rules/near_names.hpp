// NearNames: registered names that are like another, searched for once for each.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "srvwarden/registry.hpp"

namespace srvwarden::rules {

/// Remembers what was found, since files repeat their names; and searches no more often than it
/// may, since a search looks at every name of the registry.
class NearNames {
 public:
  struct Found {
    std::vector<Suggestion> names;
    bool by_title = false;  ///< a word of their titles is like the name, not they themselves
  };

  explicit NearNames(std::size_t most) : left_(most) {}

  /// Valid until the next call. Empty for names beyond the first `most` different ones.
  const Found& of(const Registry& registry, std::string_view name);

 private:
  static constexpr std::size_t max_known = 4096;

  std::size_t left_;
  std::unordered_map<std::string, Found> known_;
  Found nothing_;
};

}  // namespace srvwarden::rules
