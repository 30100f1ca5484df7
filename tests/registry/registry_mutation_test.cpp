// Damaged files: read or refused, and what is read is written and read again the same.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>

#include "registry/csv_text.hpp"
#include "registry/small_files.hpp"
#include "srvwarden/registry.hpp"
#include "srvwarden/registry_table.hpp"

using namespace srvwarden;

namespace {

constexpr int rounds = 4'000;

/// One to four edits: a byte that matters to the formats, a deletion, a doubling or a cut.
std::string damage(std::string text, std::mt19937& random) {
  constexpr std::string_view bytes = ",\"\n\r\t-0149@&<>[]#_|/;'=aZ \x00\x7F\x80\xC3\xFF";
  const auto below = [&](std::size_t n) { return random() % std::max<std::size_t>(n, 1); };
  for (std::size_t edits = below(4) + 1; edits > 0; --edits) {
    const std::size_t at = below(text.size());
    const std::size_t size = below(20);
    switch (below(5)) {
      case 0:
      case 1:
        if (!text.empty()) text[at] = bytes[below(bytes.size())];
        break;
      case 2:
        text.erase(at, size);
        break;
      case 3:
        text.insert(at, text.substr(below(text.size()), size));
        break;
      default:
        text.insert(at, 1, bytes[below(bytes.size())]);
        if (below(20) == 0) text.resize(at);
        break;
    }
  }
  return text;
}

/// Everything that can be asked of a registry answers.
void ask(const Registry& registry) {
  for (const RegistryRecord record : registry.records()) {
    if (record.name.empty()) continue;
    BOOST_REQUIRE(registry.contains(record.name));
    BOOST_REQUIRE(!registry.find(record.name, TransportSet(record.transport)).empty());
  }
  for (const unsigned port : {0u, 40u, 45u, 55u, 65535u}) {
    (void)registry.port_standing(static_cast<std::uint16_t>(port), TransportSet());
  }
  (void)registry.nearest("tonsg");
  (void)registry.find_in_titles("hammer time");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(registry_mutation)

BOOST_AUTO_TEST_CASE(every_form_says_the_same_while_it_is_whole) {
  for (const auto& file : registry_tests::small_files) {
    BOOST_TEST_CONTEXT(file.format) {
      const auto import = read_registry(std::string(file.text));
      BOOST_TEST_REQUIRE(import.has_value());
      BOOST_TEST(import->format == file.format);
      BOOST_TEST(import->problems.empty());
      BOOST_TEST(import->contacts_read == 2u);
      const auto records = import->table.records();
      BOOST_TEST_REQUIRE(records.size() == 3u);
      BOOST_TEST(records[0].title == "Hammer & anvil");
      BOOST_TEST(records[0].assignee == "[C]");
      BOOST_TEST(records[0].contact == "[A_B]");
      BOOST_TEST((records[0].registered == RegistryDate{2001, 2, 3}));
      BOOST_TEST((records[0].modified == RegistryDate{2004, 5, 0}));
      BOOST_TEST(records[0].references == "[RFC1]");
      BOOST_TEST(records[1].replacement == "hammer");
      BOOST_TEST((records[2].ports == PortRange{42, 49, true}));
      BOOST_TEST(records[2].status == RegistryStatus::unassigned);
    }
  }
}

BOOST_AUTO_TEST_CASE(damaged_files_of_every_form_are_read_or_refused) {
  std::mt19937 random(6762);
  for (const auto& file : registry_tests::small_files) {
    int read = 0;
    for (int round = 0; round < rounds; ++round) {
      const std::string text = damage(std::string(file.text), random);
      const auto import = read_registry(text);
      const auto in_text = [&](const RegistryProblem& problem) {
        return problem.at.offset <= text.size() && problem.at.line >= 1 && problem.at.column >= 1 &&
               problem.at.column <= problem.at.offset + 1;
      };
      if (!import) {
        BOOST_TEST_REQUIRE(in_text(import.error()), name_of(import.error().issue)
                                                        << ' ' << import.error().at.offset);
        continue;
      }
      ++read;
      BOOST_REQUIRE(import->rows_kept + import->rows_rejected == import->rows_read);
      BOOST_REQUIRE(import->rows_kept == import->table.records().size());
      const auto& problems = import->problems;
      BOOST_REQUIRE(std::all_of(problems.begin(), problems.end(), in_text));
      const auto rejected = std::count_if(problems.begin(), problems.end(),
                                          [](const RegistryProblem& p) { return p.rejected; });
      BOOST_REQUIRE(static_cast<std::size_t>(rejected) >= import->rows_rejected);
      const auto table = read_registry_tsv(write_registry_tsv(import->table));
      BOOST_TEST_REQUIRE(table.has_value(), text);
      BOOST_REQUIRE(std::equal(table->records().begin(), table->records().end(),
                               import->table.records().begin(), import->table.records().end()));
      ask(Registry(*table));
    }
    BOOST_TEST_CONTEXT(file.format) {
      BOOST_TEST(read > rounds / 10);
      BOOST_TEST(read < rounds);
    }
  }
}

BOOST_AUTO_TEST_CASE(damaged_csv_is_read_or_refused) {
  const std::string whole = registry_tests::csv(registry_tests::mixed_rows);
  std::mt19937 random(6335);
  int read = 0;
  for (int round = 0; round < rounds; ++round) {
    const auto import = read_registry(damage(whole, random));
    if (!import) continue;
    ++read;
    BOOST_REQUIRE(import->rows_kept + import->rows_rejected == import->rows_read);
    const auto rejected = std::count_if(import->problems.begin(), import->problems.end(),
                                        [](const RegistryProblem& p) { return p.rejected; });
    BOOST_REQUIRE(static_cast<std::size_t>(rejected) >= import->rows_rejected);
    const std::string text = write_registry_tsv(import->table);
    const auto table = read_registry_tsv(text);
    BOOST_TEST_REQUIRE(table.has_value(), text);
    BOOST_REQUIRE(std::equal(table->records().begin(), table->records().end(),
                             import->table.records().begin(), import->table.records().end()));
    ask(Registry(*table));
  }
  BOOST_TEST(read > rounds / 10);
  BOOST_TEST(read < rounds);
}

BOOST_AUTO_TEST_CASE(damaged_tables_are_read_or_refused) {
  const auto import = read_registry(registry_tests::csv(registry_tests::mixed_rows));
  const std::string whole = write_registry_tsv(import->table);
  const std::size_t body = whole.find("\nname\t");
  std::mt19937 random(6763);
  int read = 0;
  for (int round = 0; round < rounds; ++round) {
    // Most damage goes to the rows, not to the comments.
    std::string text = round % 10 == 0 ? damage(whole, random)
                                       : whole.substr(0, body) + damage(whole.substr(body), random);
    const auto table = read_registry_tsv(text);
    if (!table) continue;
    ++read;
    const std::string again = write_registry_tsv(*table);
    BOOST_REQUIRE(again.substr(again.find("\nname\t")) == text.substr(text.find("\nname\t")));
    ask(Registry(*table));
  }
  BOOST_TEST(read > rounds / 50);
  BOOST_TEST(read < rounds);
}

BOOST_AUTO_TEST_SUITE_END()
