// The names after collisions.
// SPDX-License-Identifier: Apache-2.0
#include "next_name.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_CASE(counts_up_and_stays_within_63_octets) {
  struct Row {
    std::string in;
    std::string out;
  };
  const Row rows[] = {
      {"Printer", "Printer (2)"},
      {"Printer (2)", "Printer (3)"},
      {"Printer (9)", "Printer (10)"},
      {"Printer (1)", "Printer (1) (2)"},  // nobody counts from 1
      {"Printer (0)", "Printer (0) (2)"},
      {"Printer (02)", "Printer (02) (2)"},
      {"Printer (-3)", "Printer (-3) (2)"},
      {"Printer (2", "Printer (2 (2)"},
      {"Printer(2)", "Printer(2) (2)"},
      {"Printer ()", "Printer () (2)"},
      {" (2)", " (2) (2)"},  // a number alone is a name
      {"Printer (999999)", "Printer (1000000)"},
      {"Printer (1000000)", "Printer (1000000) (2)"},  // no one met that many
      {"Printer (99999999999999999999)", "Printer (99999999999999999999) (2)"},
      {std::string(59, 'x'), std::string(59, 'x') + " (2)"},
      {std::string(63, 'x'), std::string(59, 'x') + " (2)"},
      {std::string(59, 'x') + " (9)", std::string(58, 'x') + " (10)"},
      {std::string(58, 'x') + "\u00e9", std::string(58, 'x') + " (2)"},  // é is never cut in two
      {std::string(57, 'x') + "\u00e9xxxx", std::string(57, 'x') + "\u00e9 (2)"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.in) {
      const std::string next = srvwarden::daemon::next_instance_name(row.in);
      BOOST_TEST(next == row.out);
      BOOST_TEST(next.size() <= 63U);
    }
  }
}
