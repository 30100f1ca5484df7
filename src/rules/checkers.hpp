// Checkers: a checker for each way in which a file's values are judged, made when it is needed.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "srvwarden/check.hpp"

namespace srvwarden::rules {

class Checkers {
 public:
  explicit Checkers(const CheckOptions& options) : options_(options) {}

  /// @param looked_up  whether the registry has a say; what the options say else holds.
  Checker& in(Context context, bool looked_up = true) {
    auto& slot = checkers_[2 * static_cast<std::size_t>(context) + (looked_up ? 1 : 0)];
    if (!slot) {
      CheckOptions options = options_;
      options.context = context;
      if (!looked_up) options.registry = nullptr;
      slot.emplace(options);
    }
    return *slot;
  }

 private:
  CheckOptions options_;
  std::array<std::optional<Checker>, 6> checkers_;
};

}  // namespace srvwarden::rules
