// unified_diff: hunks, context and files without a last line break.
// SPDX-License-Identifier: Apache-2.0
#include "report/line_diff.hpp"

#include <boost/test/unit_test.hpp>

using srvwarden::report::unified_diff;

BOOST_AUTO_TEST_SUITE(line_diff)

BOOST_AUTO_TEST_CASE(shows_what_changes) {
  const std::string head = "--- a/f\n+++ b/f\n";
  struct Row {
    std::string before, after, hunks;
  };
  const Row rows[] = {
      {"a\n", "b\n", "@@ -1,1 +1,1 @@\n-a\n+b\n"},
      {"", "b\n", "@@ -0,0 +1,1 @@\n+b\n"},
      {"a\n", "", "@@ -1,1 +0,0 @@\n-a\n"},
      {"a", "a\n", "@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n"},
      {"1\n2\n3\n4\n5\n", "1\n2\n3\n4\n", "@@ -2,4 +2,3 @@\n 2\n 3\n 4\n-5\n"},
      // Six lines between two changes make one hunk, seven two.
      {"a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n",
       "@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n"},
      {"a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n",
       "@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n"},
      {"x\na\nb\n", "a\nb\ny\n", "@@ -1,3 +1,3 @@\n-x\n a\n b\n+y\n"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(unified_diff("f", row.before, row.after) == head + row.hunks);
  }
  BOOST_TEST(unified_diff("f", "a\n", "a\n") == "");
  BOOST_TEST(unified_diff("/r/f", "a", "b").starts_with("--- a/r/f\n+++ b/r/f\n"));
}

BOOST_AUTO_TEST_SUITE_END()
