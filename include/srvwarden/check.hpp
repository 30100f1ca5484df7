// Checker: everything that is wrong with one value, by every rule.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <string_view>

#include "srvwarden/finding.hpp"
#include "srvwarden/kind.hpp"

namespace srvwarden {

class Registry;

/// How values are judged.
struct CheckOptions {
  Context context = Context::automatic;
  bool advice = false;  ///< report what the rules only advise
  const Registry* registry =
      nullptr;  ///< null: the RG rules are left out; must outlive the checker
  /// For how many different names that are not registered a checker searches for registered ones
  /// that are like them, which takes a tenth of a millisecond each.
  std::size_t max_near_names = std::numeric_limits<std::size_t>::max();
};

/// Checks values one after another; keeps its scratch memory, so it is cheap to call often.
class Checker {
 public:
  explicit Checker(const CheckOptions& options);
  ~Checker();
  Checker(Checker&&) noexcept;
  Checker& operator=(Checker&&) noexcept;

  /// All findings about a value, each rule once per object, in the order of the rules.
  ///
  /// @param value  any bytes; offsets of findings count in it.
  /// @return       valid until the next call.
  const Findings& check(Kind kind, std::string_view value);

 private:
  struct Scratch;
  CheckOptions options_;
  std::unique_ptr<Scratch> scratch_;
};

/// The kind that a value most likely is.
Kind guess_kind(std::string_view value);

/// The most severe of the findings; nothing if there are none.
std::optional<Severity> worst(const Findings& findings);

}  // namespace srvwarden
