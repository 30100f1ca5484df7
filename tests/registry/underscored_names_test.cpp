// Underscored names: compiled in, found in any case, and read strictly.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/underscored_names.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "registry/csv_text.hpp"

using namespace srvwarden;

namespace {

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

const std::string head = "# srvwarden underscored names, version 1\n# edition: 2026-08-20\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(underscored)

BOOST_AUTO_TEST_CASE(finds_labels_in_any_case) {
  BOOST_TEST_REQUIRE(find_underscored_name("_DMARC") != nullptr);
  BOOST_TEST(find_underscored_name("_dmarc")->types == "TXT");
  BOOST_TEST(find_underscored_name("_ta-4a5c")->name == "_ta-*");
  BOOST_TEST(find_underscored_name("_ta") == nullptr);
  BOOST_TEST(find_underscored_name("dmarc") == nullptr);
  BOOST_TEST(find_underscored_name("_dmarcs") == nullptr);
  BOOST_TEST(find_underscored_name("") == nullptr);
}

BOOST_AUTO_TEST_CASE(the_table_of_the_project_is_as_it_is_written_and_compiled) {
  const std::string text = file_text(SRVWARDEN_SOURCE_DIR "/data/underscored-names.tsv");
  const auto table = UnderscoredTable::read(text);
  BOOST_TEST_REQUIRE(table.has_value());
  BOOST_TEST(table->text() == text);
  const auto compiled = underscored_names();
  BOOST_TEST(
      std::equal(compiled.begin(), compiled.end(), table->names().begin(), table->names().end()));
}

BOOST_AUTO_TEST_CASE(the_table_of_the_project_is_the_edition) {
  const std::string xml =
      file_text(SRVWARDEN_SOURCE_DIR "/../shared/registry/dns-parameters-2026-08-20.xml");
  if (xml.empty()) {
    BOOST_TEST_MESSAGE("skipped: there is no dns-parameters-2026-08-20.xml beside the project");
    return;
  }
  const auto table = UnderscoredTable::read(xml);
  BOOST_TEST_REQUIRE(table.has_value());
  BOOST_TEST(table->text() == file_text(SRVWARDEN_SOURCE_DIR "/data/underscored-names.tsv"));
  // Whatever is cut off, or damaged in the middle, is refused or read to other names: never a
  // crash.
  for (std::size_t size = 0; size + 2 < xml.size(); size += 997) {
    const auto cut = UnderscoredTable::read(xml.substr(0, size));
    BOOST_TEST(!cut.has_value());
    if (!cut) BOOST_TEST(cut.error().issue == RegistryIssue::truncated);
  }
}

BOOST_AUTO_TEST_CASE(refuses_with_a_place) {
  struct Row {
    std::string text;
    RegistryIssue issue;
    std::uint32_t line;
  };
  const Row rows[] = {
      {"", RegistryIssue::truncated, 1},
      {"# something else\n", RegistryIssue::bad_version, 1},
      {head + "_a\tTXT\t[RFC1]", RegistryIssue::truncated, 3},
      {head + "_a\tTXT\n", RegistryIssue::field_count, 3},
      {head + "a\tTXT\t\n", RegistryIssue::bad_name, 3},
      {head + "_\tTXT\t\n", RegistryIssue::bad_name, 3},
      {head + "_" + std::string(63, 'a') + "\tTXT\t\n", RegistryIssue::bad_name, 3},
      {head + "_b\tTXT\t\n_a b\tTXT\t\n", RegistryIssue::bad_name, 4},
      {head + "_a\t\t\n", RegistryIssue::bad_text, 3},
      {head + "_a\tT\x01\t\n", RegistryIssue::bad_text, 3},
      {"<registry/>", RegistryIssue::unknown_format, 1},
      {"<registry>\n</registr>", RegistryIssue::bad_markup, 2},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text) {
      const auto table = UnderscoredTable::read(row.text);
      BOOST_TEST_REQUIRE(!table.has_value());
      BOOST_TEST(table.error().issue == row.issue);
      BOOST_TEST(table.error().at.line == row.line);
    }
  }
  const std::string longest = "_" + std::string(62, 'a');
  BOOST_TEST(UnderscoredTable::read(head + longest + "\tTXT\t\n").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
