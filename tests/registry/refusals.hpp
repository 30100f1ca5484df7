// Files that are refused whole: a row each of what is wrong with them, and where.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <span>
#include <string>

#include "registry/csv_text.hpp"
#include "srvwarden/registry_table.hpp"

namespace registry_tests {

struct Refusal {
  std::string text;
  srvwarden::RegistryIssue issue;
  std::uint32_t line, column;
};

inline void check(std::span<const Refusal> refusals) {
  for (const Refusal& refusal : refusals) {
    BOOST_TEST_CONTEXT(refusal.text) {
      const auto import = srvwarden::read_registry(refusal.text);
      BOOST_TEST_REQUIRE(!import.has_value());
      BOOST_TEST(import.error().issue == refusal.issue);
      BOOST_TEST(import.error().at.line == refusal.line);
      BOOST_TEST(import.error().at.column == refusal.column);
    }
  }
}

}  // namespace registry_tests
