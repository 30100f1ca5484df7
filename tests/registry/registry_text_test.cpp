// IANA's plain text: columns, rows of several lines, and what cannot be told apart.
// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "registry/csv_text.hpp"
#include "registry/formats/formats.hpp"
#include "registry/formats/text_columns.hpp"
#include "registry/formats/text_rows.hpp"

using namespace srvwarden;
using namespace srvwarden::registry;

namespace {

/// A page with these lines as its table. The titles stand in the middle of their columns.
std::string page(std::string_view rows) {
  return "Internet Assigned Numbers Authority\n\nLast Updated\n        2026-01-02\n\n"
         "Service Name  Port Number Transport  Description   Assignee  Contact  Regis"
         "tration Modification Reference Service Unauthorized Assignment Notes\n"
         "                          Protocol                                        D"
         "ate         Date                Code   Use Reported\n" +
         std::string(rows) +
         "\n                 Contact Information\n\n   ID     Name\n[A_B]   A B\n[C]     C\n\n"
         "Licensing Terms\n";
}

// Where the columns of page() begin.
constexpr std::size_t places[] = {0, 14, 26, 36, 50, 61, 70, 83, 96, 106, 114, 127};

/// A line with texts in columns.
std::string line(std::initializer_list<std::pair<Column, std::string_view>> cells) {
  std::string text;
  for (const auto& [column, cell] : cells) {
    std::size_t width = text_width(text);
    for (; width < places[column]; ++width) text += ' ';
    text += cell;
  }
  return text + '\n';
}

struct Read {
  std::vector<std::vector<std::string>> rows;
  RegistryImport import;
};

Read read(const std::string& text) {
  Read result;
  ImportSettings settings;
  settings.see_row = [&](const SourceRow& row) {
    auto& cells = result.rows.emplace_back();
    for (const auto& cell : row) cells.emplace_back(cell.text);
  };
  auto import = read_any_format(text, settings);
  BOOST_TEST_REQUIRE(import.has_value(), text);
  result.import = std::move(import).value();
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(registry_text)

BOOST_AUTO_TEST_CASE(reads_columns_and_counts_contacts) {
  const std::string rows = line({{name, "a1"},
                                 {ports, "     80"},
                                 {transport, "   tcp"},
                                 {description, "\xC3\x84 one"},
                                 {assignee, "[A_B]"},
                                 {contact, "[C]"},
                                 {registered, " 2001-02-03"},
                                 {modified, " 2004-05"},
                                 {references, "[RFC1]"},
                                 {service_code, "  42"},
                                 {unauthorized, "yes"},
                                 {notes, "A note."}}) +
                           line({{ports, "   81-82"}, {description, "Unassigned"}});
  for (const std::string& text : {page(rows), "\xEF\xBB\xBF" + page(rows)}) {
    const Read result = read(text);
    BOOST_TEST(result.import.format == "text");
    BOOST_TEST(!result.import.losses.empty());
    BOOST_TEST(result.import.problems.empty());
    BOOST_TEST(result.import.contacts_read == 2u);
    BOOST_TEST((result.import.table.edition() == RegistryDate{2026, 1, 2}));
    BOOST_TEST_REQUIRE(result.rows.size() == 2u);
    const std::vector<std::string> first = {"a1",     "80",  "tcp",        "\xC3\x84 one",
                                            "[A_B]",  "[C]", "2001-02-03", "2004-05",
                                            "[RFC1]", "42",  "yes",        "A note."};
    BOOST_TEST(result.rows[0] == first, boost::test_tools::per_element());
    BOOST_TEST(result.rows[1][ports] == "81-82");
  }
}

BOOST_AUTO_TEST_CASE(line_ends_may_be_crlf) {
  std::string crlf;
  for (const char c : page(line({{name, "a1"}, {ports, "80"}, {description, "One"}}))) {
    if (c == '\n') crlf += '\r';
    crlf += c;
  }
  BOOST_TEST(read(crlf).rows.at(0)[description] == "One");
}

BOOST_AUTO_TEST_CASE(joins_the_lines_of_centred_cells) {
  const std::string rows =
      line({{description, "x++"}}) + line({{assignee, "[A_B]"}}) +
      line({{name, "xpp"}, {ports, "1"}, {description, "IANA assigned"}, {assignee, "[C]"}}) +
      line({{description, "this"}}) + line({{description, "name"}}) +
      line({{name, "b1"}, {ports, "2"}, {description, "Second row of"}, {references, "[of two"}}) +
      line({{description, "two"}, {references, "lines]"}}) +
      line({{name, "c1"}, {ports, "3"}, {description, "Third"}});
  const Read result = read(page(rows));
  BOOST_TEST_REQUIRE(result.rows.size() == 3u);
  BOOST_TEST(result.rows[0][description] == "x++\nIANA assigned this name");
  BOOST_TEST(result.rows[0][assignee] == "[A_B][C]");
  BOOST_TEST(result.rows[1][description] == "Second row of two");
  BOOST_TEST(result.rows[1][references] == "[of two\nlines]");
  BOOST_TEST(result.rows[2][description] == "Third");
  BOOST_TEST(result.import.rows_rejected == 0u);
}

BOOST_AUTO_TEST_CASE(names_the_rows_that_could_be_read_otherwise) {
  // "and words" may end the first row, or begin a second one of three lines.
  const std::string rows = line({{name, "a1"}, {ports, "1"}, {description, "Some letters"}}) +
                           line({{description, "and more wor"}}) +
                           line({{name, "b1"}, {ports, "2"}, {description, "Other letter"}}) +
                           line({{description, "and words"}}) +
                           line({{name, "c1"}, {ports, "3"}, {description, "Third"}});
  const Read result = read(page(rows));
  BOOST_TEST(result.import.rows_kept == 3u);
  BOOST_TEST_REQUIRE(result.import.problems.size() == 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    const RegistryProblem& problem = result.import.problems[i];
    BOOST_TEST(problem.issue == RegistryIssue::unclear_cells);
    BOOST_TEST(!problem.rejected);
    BOOST_TEST(problem.at.line == 8u + 2 * i);
    BOOST_TEST(problem.at.column == 1u);
  }
}

BOOST_AUTO_TEST_CASE(leaves_out_rows_that_fit_no_reading) {
  // Two lines below the name, and none above.
  const std::string rows = line({{name, "a1"}, {ports, "1"}, {description, "One"}}) +
                           line({{name, "b1"}, {ports, "2"}, {description, "Two"}}) +
                           line({{description, "too"}}) + line({{description, "low"}}) +
                           line({{name, "c1"}, {ports, "3"}, {description, "Three"}});
  const Read result = read(page(rows));
  BOOST_TEST(result.import.rows_read == 3u);
  BOOST_TEST(result.import.rows_kept == 1u);
  BOOST_TEST(result.import.rows_rejected == 2u);
  BOOST_TEST_REQUIRE(result.import.problems.size() == 2u);
  BOOST_TEST(result.import.problems[0].issue == RegistryIssue::unclear_cells);
  BOOST_TEST(result.import.problems[0].at.line == 9u);
  BOOST_TEST(result.import.problems[1].at.line == 12u);
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_whole_file) {
  struct Row {
    std::string text;
    RegistryIssue issue;
  };
  const std::string whole = page(line({{name, "a1"}, {ports, "1"}}));
  const auto without = [&](std::string_view part) {
    std::string text = whole;
    text.erase(text.find(part), part.size());
    return text;
  };
  std::string bad_date = whole;
  bad_date.replace(bad_date.find("2026-01-02"), 10, "2026-13-02");
  const Row rows[] = {
      {whole.substr(0, whole.size() - 1), RegistryIssue::truncated},
      {without("Licensing Terms\n"), RegistryIssue::truncated},
      {without("Contact Information"), RegistryIssue::truncated},
      {without("Reference"), RegistryIssue::bad_header},
      {without("Use Reported"), RegistryIssue::bad_header},
      {bad_date, RegistryIssue::bad_edition},
      {page(line({{name, "a1"}, {ports, "1"}}) + std::string(150, 'x') + '\n'),
       RegistryIssue::bad_header},  // no blank runs down between the columns
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text) {
      const auto import = read_registry(row.text);
      BOOST_TEST_REQUIRE(!import.has_value());
      BOOST_TEST(import.error().issue == row.issue);
    }
  }
  for (std::size_t size = 0; size < whole.size(); ++size) {
    BOOST_TEST_CONTEXT(size) { BOOST_TEST(!read_registry(whole.substr(0, size)).has_value()); }
  }
}

BOOST_AUTO_TEST_SUITE_END()
