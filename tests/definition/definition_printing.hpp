// Printing of definitions' enums and places for Boost.Test, and what every reading must hold.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/test/unit_test.hpp>
#include <ostream>
#include <string_view>
#include <vector>

#include "srvwarden/definition.hpp"

namespace srvwarden {

inline std::ostream& operator<<(std::ostream& out, ProblemCode code) {
  return out << "ProblemCode(" << static_cast<int>(code) << ")";
}
inline std::ostream& operator<<(std::ostream& out, const Place& at) {
  return out << at.line << ":" << at.column << " (" << at.offset << ")";
}

/// The codes of a reading, in order.
inline std::vector<ProblemCode> codes(const Definition& definition) {
  std::vector<ProblemCode> result;
  for (const Problem& problem : definition.problems) result.push_back(problem.code);
  return result;
}

/// The bytes of the file that a problem is about.
inline std::string_view under(std::string_view file, const Problem& problem) {
  return file.substr(problem.at.offset, problem.length);
}

}  // namespace srvwarden
