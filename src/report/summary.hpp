// Summary: how many findings of each severity there were, in words.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "srvwarden/finding.hpp"

namespace srvwarden::report {

class Summary {
 public:
  void count(const Finding& finding) { ++counts_[static_cast<std::size_t>(finding.severity)]; }
  std::size_t findings() const { return counts_[0] + counts_[1] + counts_[2]; }

  /// "3 files checked: 1 error, 2 warnings, 0 info\n".
  std::string text(std::size_t checked, std::string_view noun) const {
    return counted(checked, noun) + " checked: " + counted(counts_[2], "error") + ", " +
           counted(counts_[1], "warning") + ", " + std::to_string(counts_[0]) + " info\n";
  }

 private:
  static std::string counted(std::size_t n, std::string_view noun) {
    return std::to_string(n).append(" ").append(noun).append(n == 1 ? "" : "s");
  }

  std::array<std::size_t, 3> counts_{};  ///< by severity
};

}  // namespace srvwarden::report
