// Searching the registry by words.
// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <string>

#include "csv_text.hpp"
#include "registry/edit_distance.hpp"
#include "srvwarden/registry.hpp"

using namespace srvwarden;

namespace {

/// The names that are found, best first, with spaces between them.
std::string found(const Registry& registry, std::string_view words, std::size_t limit = 20) {
  std::string names;
  for (const RegistryMatch& match : registry.search(words, limit)) {
    names.append(names.empty() ? "" : " ").append(match.name);
  }
  return names;
}

Registry smithy() {
  const auto import = read_registry(registry_tests::csv(
      "hammer,40,tcp,Hammer Time,,,,,,,,\r\n"
      "hammer,40,udp,Hammer Time,,,,,,,,\r\n"
      "big-hammer,41,tcp,A large tool,,,,,,,,\r\n"
      "tool,42,tcp,Not a hammer at all,,,,,,,,\r\n"
      "jackhammer,43,tcp,Loud,,,,,,,,\r\n"
      "hamner,44,tcp,Name,,,,,,,,\r\n"
      "dns-sd,45,tcp,Service discovery,,,,,,,,\r\n"
      "old_forge,46,tcp,Forge,,,,,,,,\"This entry is an alias to \"\"old-forge\"\".\n"
      "This entry is now historic.\"\r\n"
      "old-forge,46,tcp,Forge,,,,,,,,\r\n"
      ",47,tcp,hammer without a name,,,,,,,,\r\n"));
  BOOST_TEST_REQUIRE(import.has_value());
  return Registry(import->table);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(registry_search)

BOOST_AUTO_TEST_CASE(looks_into_every_title_of_a_name) {
  const auto import = read_registry(
      registry_tests::csv("rasp,,,Rough file,,,,,,,,\r\nrasp,,,Network of smiths,,,,,,,,\r\n"
                          "smiths,1,tcp,Smiths,,,,,,,,\r\n"));
  BOOST_TEST_REQUIRE(import.has_value());
  const Registry registry(import->table);
  BOOST_TEST(found(registry, "network smiths") == "rasp smiths");
  BOOST_TEST(registry.search("network").front().title == "Network of smiths");
}

BOOST_AUTO_TEST_CASE(ranks_by_likeness) {
  struct Row {
    std::string_view words, names;
  };
  const Row rows[] = {
      // whole name, word of a name, word of a title, part of a word, a slip
      {"hammer", "hammer big-hammer tool jackhammer hamner"},
      {"HAMMER", "hammer big-hammer tool jackhammer hamner"},
      {"hamemr", "hammer big-hammer tool"},  // neighbours swapped; hamner is two slips off
      {"loud hammer", "jackhammer hammer big-hammer tool hamner"},  // most words first
      {"dns-sd", "dns-sd"},
      {"discovery-service", "dns-sd"},
      {"forge", "old-forge old_forge"},  // what replaces it first
      {"an", ""},                        // short words count whole only
      {"", ""},
      {" - ", ""},
      {"zzzzzz", ""},
  };
  const Registry registry = smithy();
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.words) { BOOST_TEST(found(registry, row.words) == row.names); }
  }
}

BOOST_AUTO_TEST_CASE(tells_what_it_found) {
  const Registry registry = smithy();
  const auto matches = registry.search("froge", 5);
  BOOST_TEST_REQUIRE(matches.size() == 2u);
  BOOST_TEST(matches[0].name == "old-forge");
  BOOST_TEST(matches[0].title == "Forge");
  BOOST_TEST(matches[0].words == 1u);
  BOOST_TEST(matches[0].edits == 1u);
  BOOST_TEST(matches[1].replacement == "old-forge");
}

BOOST_AUTO_TEST_CASE(keeps_to_its_limits) {
  const Registry registry = smithy();
  BOOST_TEST(found(registry, "hammer", 2) == "hammer big-hammer");
  BOOST_TEST(found(registry, "hammer", 0) == "");
  BOOST_TEST(found(registry, std::string(65, 'a')) == "");
  BOOST_TEST(found(registry, "a b c d e f g h hammer") == "big-hammer tool");  // "a"; eight count
  BOOST_TEST(found(Registry(), "hammer") == "");
}

BOOST_AUTO_TEST_CASE(finds_misspelt_names_of_the_builtin_registry) {
  const Registry& registry = Registry::builtin();
  BOOST_TEST(found(registry, "airplya", 1) == "airplay");
  BOOST_TEST(found(registry, "ipp", 1) == "ipp");
  BOOST_TEST(found(registry, "internet printing protocol", 1) == "ipp");
}

BOOST_AUTO_TEST_CASE(counts_edits_up_to_a_limit) {
  struct Row {
    std::string_view a, b;
    std::size_t most, edits;
  };
  const Row rows[] = {
      {"http", "http", 2, 0},  {"http", "htpp", 2, 1}, {"htpt", "http", 1, 1},
      {"HTTP", "http", 1, 0},  {"abc", "", 2, 3},      {"abc", "", 3, 3},
      {"", "", 0, 0},          {"abcd", "wxyz", 4, 4}, {"abcd", "wxyz", 3, 4},
      {"abcd", "abcde", 0, 1},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.a << " and " << row.b) {
      const registry::FoldedWord a(row.a);
      const registry::FoldedWord b(row.b);
      BOOST_TEST(registry::edit_distance(a, b, row.most) == row.edits);
      BOOST_TEST(registry::edit_distance(b, a, row.most) == row.edits);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
