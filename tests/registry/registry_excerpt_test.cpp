// Excerpts of IANA's page, as text and as Markdown: empty cells put back, and doubts told.
// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <map>
#include <string>
#include <vector>

#include "registry/csv_text.hpp"
#include "registry/formats/formats.hpp"

using namespace srvwarden;
using namespace srvwarden::registry;

namespace {

std::string page(std::string_view rows) {
  std::string text = "A Registry\n\nLast Updated\n2026-01-02\nNote\nSome prose.\n\n";
  for (const std::string_view title : column_titles) text += std::string(title) + ' ';
  text.back() = '\n';
  return text + std::string(rows);
}

std::string markdown(std::string_view rows) {
  std::string text = "A Registry\n- Last Updated\n - 2026-01-02\n\n|";
  for (const std::string_view title : column_titles) text += ' ' + std::string(title) + " |";
  return text + "\n|---|---|---|---|---|---|---|---|---|---|---|---|\n" + std::string(rows);
}

struct Read {
  std::vector<std::map<Column, std::string>> rows;  ///< cells that are not empty
  std::vector<std::string> doubts;
  RegistryImport import;
};

Read read(const std::string& text) {
  Read result;
  ImportSettings settings;
  settings.see_row = [&](const SourceRow& row) {
    auto& cells = result.rows.emplace_back();
    for (std::size_t i = 0; i < column_count; ++i) {
      if (!row[i].text.empty()) cells[static_cast<Column>(i)] = row[i].text;
    }
  };
  auto import = read_any_format(text, settings);
  BOOST_TEST_REQUIRE(import.has_value(), text);
  for (const RegistryProblem& problem : import->problems) {
    if (problem.issue == RegistryIssue::unclear_cells) result.doubts.push_back(problem.detail);
  }
  result.import = std::move(import).value();
  return result;
}

using Cells = std::map<Column, std::string>;
using Texts = std::vector<std::string>;

struct Case {
  std::string row;
  Cells cells;
  Texts doubts;
};

void check(const std::string& text, const Case& expected) {
  BOOST_TEST_CONTEXT(text) {
    const Read result = read(text);
    BOOST_TEST_REQUIRE(result.rows.size() == 1u);
    BOOST_TEST((result.rows[0] == expected.cells));
    BOOST_TEST(result.doubts == expected.doubts, boost::test_tools::per_element());
    BOOST_TEST((result.import.table.edition() == RegistryDate{2026, 1, 2}));
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(registry_excerpt)

BOOST_AUTO_TEST_CASE(page_cells_are_told_by_their_form) {
  const Case cases[] = {
      {"a1 80 tcp One Two [A_B] [C]",
       {{name, "a1"},
        {ports, "80"},
        {transport, "tcp"},
        {description, "One Two"},
        {assignee, "[A_B]"},
        {contact, "[C]"}},
       {}},
      {"80-81 Unassigned", {{ports, "80-81"}, {description, "Unassigned"}}, {}},
      {"80 udp Reserved", {{ports, "80"}, {transport, "udp"}, {description, "Reserved"}}, {}},
      {"a1 tcp [A][B] [C]",
       {{name, "a1"}, {transport, "tcp"}, {assignee, "[A][B]"}, {contact, "[C]"}},
       {}},
      {"a1 tcp One [RFC1]",
       {{name, "a1"}, {transport, "tcp"}, {description, "One"}, {references, "[RFC1]"}},
       {}},
      {"a1 tcp One [A] [C] 2001-02 2003-04-05 [RFC1][draft-x-00, Section 1] Note 7",
       {{name, "a1"},
        {transport, "tcp"},
        {description, "One"},
        {assignee, "[A]"},
        {contact, "[C]"},
        {registered, "2001-02"},
        {modified, "2003-04-05"},
        {references, "[RFC1][draft-x-00]"},
        {notes, "Note 7"}},
       {}},
      {"a1 9 dccp One [A] [C] [RFC1] 1145656131 yes",
       {{name, "a1"},
        {ports, "9"},
        {transport, "dccp"},
        {description, "One"},
        {assignee, "[A]"},
        {contact, "[C]"},
        {references, "[RFC1]"},
        {service_code, "1145656131"},
        {unauthorized, "yes"}},
       {}},
      {"80 Unassigned Known Unauthorized Use on port 80",
       {{ports, "80"},
        {description, "Unassigned"},
        {unauthorized, "Known Unauthorized Use on port 80"}},
       {}},
      {"a1 One [A] [C] Defined TXT keys: x=<y>\n\nz=1 [RFC1] 2001-02",
       {{name, "a1"},
        {description, "One"},
        {assignee, "[A]"},
        {contact, "[C]"},
        {notes, "Defined TXT keys: x=<y>\n\nz=1 [RFC1] 2001-02"}},
       {}},
      {"a-1 80 tcp One\n\nIANA assigned this well-formed service name as a replacement for "
       "\"a_1\".\n[A] [C]",
       {{name, "a-1"},
        {ports, "80"},
        {transport, "tcp"},
        {description,
         "One\n\nIANA assigned this well-formed service name as a replacement for "
         "\"a_1\"."},
        {assignee, "[A]"},
        {contact, "[C]"}},
       {}},
  };
  for (const Case& one : cases) check(page(one.row), one);
}

BOOST_AUTO_TEST_CASE(what_a_page_leaves_open_is_doubtful) {
  const Case cases[] = {
      // Registered or changed?
      {"a1 80 tcp One [A] [C] 2001-02",
       {{name, "a1"},
        {ports, "80"},
        {transport, "tcp"},
        {description, "One"},
        {assignee, "[A]"},
        {contact, "[C]"},
        {registered, "2001-02"}},
       {"2001-02"}},
      {"80 Reserved 2001-02 yes",
       {{ports, "80"}, {description, "Reserved"}, {modified, "2001-02"}, {unauthorized, "yes"}},
       {"2001-02"}},
      // Assignee or contact?
      {"a1 80 tcp One [A]",
       {{name, "a1"}, {ports, "80"}, {transport, "tcp"}, {description, "One"}, {assignee, "[A]"}},
       {"[A]"}},
      // A title's own brackets.
      {"a1 80 tcp One [two three] [A] [C]",
       {{name, "a1"},
        {ports, "80"},
        {transport, "tcp"},
        {description, "One [two three]"},
        {assignee, "[A]"},
        {contact, "[C]"}},
       {"[two three]"}},
      {"15 tcp Unassigned [was one]",
       {{ports, "15"}, {transport, "tcp"}, {description, "Unassigned"}, {references, "[was one]"}},
       {"[was one]"}},
      // A port, or a title that begins with a number?
      {"a1 80 Ways", {{name, "a1"}, {ports, "80"}, {description, "Ways"}}, {"80"}},
      // A title or a note?
      {"80 Unassigned since then",
       {{ports, "80"}, {description, "Unassigned since then"}},
       {"Unassigned since then"}},
      {"80 tcp One [A] [C] Known Unauthorized Use on 80 Formerly two",
       {{ports, "80"},
        {transport, "tcp"},
        {description, "One"},
        {assignee, "[A]"},
        {contact, "[C]"},
        {unauthorized, "Known Unauthorized Use on 80"},
        {notes, "Formerly two"}},
       {"Formerly two"}},
      {"80 tcp One [A] [C] used by many",
       {{ports, "80"},
        {transport, "tcp"},
        {description, "One"},
        {assignee, "[A]"},
        {contact, "[C]"},
        {notes, "used by many"}},
       {"used by many"}},
      // A line of a note that could be a row.
      {"a1 One [A] [C] Defined TXT keys:\ntxtvers",
       {{name, "a1"},
        {description, "One"},
        {assignee, "[A]"},
        {contact, "[C]"},
        {notes, "Defined TXT keys:\ntxtvers"}},
       {"txtvers"}},
  };
  for (const Case& one : cases) check(page(one.row), one);
}

BOOST_AUTO_TEST_CASE(a_page_tells_rows_apart_and_counts_contacts) {
  const Read result = read(page(
      "a1 80 tcp One [A] [C] Defined TXT keys: None\nb1 Two\nc1 Three [A] [C]\n81 udp Reserved\n"
      "d1 Four\n\nContact Information\n\nID Name\n[A] A mailto:a&example.com 2001-02\n[C] C"));
  BOOST_TEST(result.import.format == "page");
  BOOST_TEST(result.import.contacts_read == 2u);
  // "b1 Two" may be more of the note; "d1 Four" is a row, most likely.
  BOOST_TEST_REQUIRE(result.rows.size() == 4u);
  BOOST_TEST(result.rows[0].at(notes) == "Defined TXT keys: None\nb1 Two");
  BOOST_TEST(result.rows[3].at(name) == "d1");
  BOOST_TEST(result.doubts == (Texts{"b1", "d1"}), boost::test_tools::per_element());
  BOOST_TEST(result.import.problems[0].at.line == 10u);
  BOOST_TEST(result.import.problems[0].at.column == 1u);
}

BOOST_AUTO_TEST_CASE(markdown_cells_are_put_back) {
  const Case cases[] = {
      {"| a1 | 80 | tcp | One | [A] | [C] | ||||||\n",
       {{name, "a1"},
        {ports, "80"},
        {transport, "tcp"},
        {description, "One"},
        {assignee, "[A]"},
        {contact, "[C]"}},
       {}},
      {"| 80-81 | Unassigned | ||||||||||", {{ports, "80-81"}, {description, "Unassigned"}}, {}},
      {"| 80 | udp | Reserved |",
       {{ports, "80"}, {transport, "udp"}, {description, "Reserved"}},
       {}},
      {"| a1 | 80 | Ways | [A] | [C] | 2001-02 | 2003-04 | [RFC1] | Note \\| 7 | |||",
       {{name, "a1"},
        {ports, "80"},
        {description, "Ways"},
        {assignee, "[A]"},
        {contact, "[C]"},
        {registered, "2001-02"},
        {modified, "2003-04"},
        {references, "[RFC1]"},
        {notes, "Note | 7"}},
       {}},
      {"| a1 | 80 | tcp | One | [A] | [C] | 2001-02 | Known Unauthorized Use on port 80 | |||| |",
       {{name, "a1"},
        {ports, "80"},
        {transport, "tcp"},
        {description, "One"},
        {assignee, "[A]"},
        {contact, "[C]"},
        {registered, "2001-02"},
        {unauthorized, "Known Unauthorized Use on port 80"}},
       {"2001-02"}},
      {"| a-1 | 80 | tcp | One IANA assigned this well-formed service name as a replacement for "
       "\"a_1\".  | \n            [A] | [C] | ||||||",
       {{name, "a-1"},
        {ports, "80"},
        {transport, "tcp"},
        {description,
         "One\nIANA assigned this well-formed service name as a replacement for "
         "\"a_1\"."},
        {assignee, "[A]"},
        {contact, "[C]"}},
       {}},
      // All twelve in their places.
      {"|  | 80 | tcp | One | [A] | [C] |  | 2001-02 |  |  |  |  |",
       {{ports, "80"},
        {transport, "tcp"},
        {description, "One"},
        {assignee, "[A]"},
        {contact, "[C]"},
        {modified, "2001-02"}},
       {}},
      {"| a1 | tcp | One | [RFC1] | |||||||||",
       {{name, "a1"}, {transport, "tcp"}, {description, "One"}, {references, "[RFC1]"}},
       {}},
  };
  for (const Case& one : cases) check(markdown(one.row), one);
}

BOOST_AUTO_TEST_CASE(markdown_rows_and_contacts_are_counted) {
  const Read result =
      read(markdown("| a1 | 80 | tcp | One | ||||||||\n"
                    "| a | b | c | d | e | f | g | h | i | j | k | l | m |\n"
                    "| a1 | 65536 | tcp | One | ||||||||\n"
                    "Contact Information\n| ID | Name |\n|---|---|\n| [A] | A |\n| [C] | C |"));
  BOOST_TEST(result.import.format == "markdown");
  BOOST_TEST(result.import.contacts_read == 2u);
  BOOST_TEST(result.import.rows_read == 3u);
  BOOST_TEST(result.import.rows_kept == 1u);
  BOOST_TEST(result.import.rows_rejected == 2u);
  BOOST_TEST(result.import.problems.at(0).issue == RegistryIssue::field_count);
  BOOST_TEST(result.import.problems[0].at.line == 8u);
  BOOST_TEST(result.import.problems[0].at.column == 1u);
  BOOST_TEST(result.import.problems.at(1).issue == RegistryIssue::bad_port);
  BOOST_TEST(result.import.problems[1].at.column == 8u);
}

BOOST_AUTO_TEST_CASE(refuses_other_texts) {
  const std::string row = "a1 80 tcp One\n";
  std::string short_heading = page(row);
  short_heading.erase(short_heading.find(" Assignment Notes"), 17);
  std::string bad_date = page(row);
  bad_date.replace(bad_date.find("2026-01-02"), 10, "2026-13-02");
  BOOST_TEST((read_registry(short_heading).error().issue == RegistryIssue::unknown_format));
  BOOST_TEST((read_registry(bad_date).error().issue == RegistryIssue::bad_edition));
  BOOST_TEST(read_registry(bad_date).error().at.line == 4u);
  BOOST_TEST((read_registry("| Service Name | Port Number |\n").error().issue ==
              RegistryIssue::unknown_format));
}

BOOST_AUTO_TEST_CASE(an_excerpt_may_be_cut_anywhere_after_its_heading) {
  for (const std::string& whole :
       {page("a1 80 tcp One [A] [C] 2001-02 [RFC1] Known Unauthorized Use on port 80\n"),
        markdown("| a1 | 80 | tcp | One | [A] | [C] | 2001-02 | [RFC1] | x | |||\n")}) {
    const std::size_t body = whole.find("a1 ");
    for (std::size_t size = body; size <= whole.size(); ++size) {
      BOOST_TEST_CONTEXT(size) {
        const auto import = read_registry(whole.substr(0, size));
        BOOST_TEST_REQUIRE(import.has_value());
        BOOST_TEST(import->rows_read == import->rows_kept + import->rows_rejected);
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
