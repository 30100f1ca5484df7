// avahi_domain_equal() of the embedded responder: the same answers as libavahi-common's.
// SPDX-License-Identifier: Apache-2.0
#include <avahi-common/domain.h>
#include <dlfcn.h>

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

namespace {

using Equal = int (*)(const char*, const char*);

/// The library's own, behind ours.
Equal of_the_library() { return reinterpret_cast<Equal>(dlsym(RTLD_NEXT, "avahi_domain_equal")); }

}  // namespace

BOOST_AUTO_TEST_SUITE(domain_equal)

BOOST_AUTO_TEST_CASE(tells_names_apart) {
  struct Row {
    const char* a;
    const char* b;
    bool equal;
  };
  const Row rows[] = {
      {"", "", true},
      {"local", "local", true},
      {"local", "LOCAL", true},
      {"local", "local.", true},  // the last dot says nothing
      {"local", "locals", false},
      {"local", "loca", false},
      {"a.local", "a.b", false},
      {"a.local", "ab.local", false},
      {"s1._http._tcp.local", "s10._http._tcp.local", false},
      {"s1._http._tcp.local", "s1._HTTP._tcp.local.", true},
      {R"(a\.b.local)", R"(a\.b.local)", true},
      {R"(a\.b.local)", "a.b.local", false},
      {R"(a\032b)", "a b", true},  // an octet that is written in two ways
      {R"(a\065)", "aA", true},
      {R"(a\065)", "aa", true},
      {R"(\097\032b)", R"(a\032B)", true},
      {R"(a\032b)", R"(a\033b)", false},
      {R"(a\032b)", R"(a\042b)", false},
      {R"(a\032b)", R"(a\032c)", false},
      {R"(a\032bcde)", R"(a\032bcdf)", false},
      {R"(a\\b)", R"(a\\b)", true},
      {R"(a\\b)", R"(a\092b)", true},
      {"\xC3\xA4.local", R"(\195\164.local)", true},
      {"\xC3\xA4.local", "\xC3\x84.local", false},  // only ASCII is folded. RFC 6762 §16
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.a << " and " << row.b) {
      BOOST_TEST((avahi_domain_equal(row.a, row.b) != 0) == row.equal);
      BOOST_TEST((avahi_domain_equal(row.b, row.a) != 0) == row.equal);
      BOOST_TEST((of_the_library()(row.a, row.b) != 0) == row.equal);
    }
  }
}

BOOST_AUTO_TEST_CASE(agrees_with_the_library_on_all_short_names) {
  std::vector<std::string> names = {""};
  for (std::size_t from = 0, length = 0; length < 3; ++length) {
    const std::size_t to = names.size();
    for (; from < to; ++from) {
      for (const char* part : {"a", "A", "b", "\\.", "\\097", "\\066", ".b", ".a"}) {
        if (names[from].empty() && *part == '.') continue;
        names.push_back(names[from] + part);
      }
    }
  }
  const Equal library = of_the_library();
  std::size_t different = 0;
  for (const std::string& a : names) {
    for (const std::string& b : names) {
      const bool ours = avahi_domain_equal(a.c_str(), b.c_str()) != 0;
      if (ours != (library(a.c_str(), b.c_str()) != 0)) ++different;
    }
  }
  BOOST_TEST(names.size() > 300U);
  BOOST_TEST(different == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
