// Printing of definitions' enums and places for Boost.Test, and what every reading must hold.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/test/unit_test.hpp>
#include <ostream>
#include <span>
#include <string>
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

/// What the values of a reading say, in order.
inline std::vector<std::string> texts(const Definition& definition) {
  std::vector<std::string> result;
  for (const DeclaredValue& value : definition.values) result.push_back(value.text.value);
  return result;
}

/// The bytes of the file that a problem is about.
inline std::string_view under(std::string_view file, const Problem& problem) {
  return file.substr(problem.at.offset, problem.length);
}

/// A file, and what its first problem is about.
struct ProblemRow {
  std::string file;
  ProblemCode code;
  std::string_view under;
};

/// Holds each file's first problem against its row.
template <class Read>
void test_first_problems(std::span<const ProblemRow> rows, Read read) {
  for (const ProblemRow& row : rows) {
    BOOST_TEST_CONTEXT(row.file) {
      const Definition got = read(row.file);
      BOOST_TEST_REQUIRE(got.problems.size() >= 1U);
      BOOST_TEST(got.problems[0].code == row.code);
      BOOST_TEST(under(row.file, got.problems[0]) == row.under);
    }
  }
}

}  // namespace srvwarden
