// IANA's XML and XHTML: what becomes of each element, and where each fault is found.
// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "registry/csv_text.hpp"
#include "registry/formats/formats.hpp"
#include "registry/refusals.hpp"

using namespace srvwarden;
using registry::Column;
using registry::SourceRow;

namespace {

std::string xml(std::string_view records) {
  return "<?xml version='1.0' encoding='UTF-8'?>\n"
         "<registry xmlns=\"http://www.iana.org/assignments\" id=\"service-names-port-numbers\">\n"
         "<updated>2026-01-02</updated>\n<note><xref type=\"rfc\" data=\"rfc1\"/></note>\n" +
         std::string(records) +
         "\n<people>\n<person id=\"A\"><updated>1999-01</updated></person>\n<person id=\"B\"/>\n"
         "</people>\n</registry>\n";
}

std::string xhtml(std::string_view rows) {
  std::string text =
      "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"a\" \"b\">\n<html><body><dl>"
      "<dt>Last Updated</dt><dd>2026-01-02</dd></dl><table><thead><tr>";
  for (const auto title : registry::column_titles) text += "<th>" + std::string(title) + "</th>";
  return text + "</tr></thead><tbody>\n" + std::string(rows) +
         "</tbody></table><table><tr><th>ID</th></tr><tr><td>[A]</td></tr></table></body></html>\n";
}

/// The first row's cells, as they are before any check.
std::vector<std::string> first_row(std::string text) {
  std::vector<std::string> cells;
  registry::ImportSettings settings;
  settings.see_row = [&](const SourceRow& row) {
    if (!cells.empty()) return;
    for (const auto& cell : row) cells.emplace_back(cell.text);
  };
  const auto import = registry::read_any_format(std::move(text), settings);
  BOOST_TEST_REQUIRE(import.has_value());
  BOOST_TEST_REQUIRE(cells.size() == registry::column_count);
  return cells;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(registry_markup)

BOOST_AUTO_TEST_CASE(xml_cells_are_those_of_the_csv) {
  struct Row {
    std::string record;
    Column column;
    std::string cell;
  };
  const auto with = [](std::string_view parts) {
    return "<record date=\"2001-02-03\" updated=\"2004-05\">" + std::string(parts) + "</record>";
  };
  const Row rows[] = {
      {with("<name>a1</name>"), registry::name, "a1"},
      {with("<number> 80 </number>"), registry::ports, "80"},
      {with("<protocol>tcp</protocol>"), registry::transport, "tcp"},
      {with("<name/>"), registry::registered, "2001-02-03"},
      {with("<name/>"), registry::modified, "2004-05"},
      {with("<xref type=\"person\" data=\"A\"/><xref type=\"person\" data=\"B\">x</xref>"),
       registry::contact, "[A][B]"},
      {with("<xref type=\"person\" data=\"A\"/>"), registry::assignee, "[A]"},
      {with("<assignee/><xref type=\"person\" data=\"A\"/>"), registry::assignee, "[A]"},
      {with("<assignee>\n  <xref type=\"person\" data=\"C\"/>\n  <xref type=\"person\" "
            "data=\"D\"/>\n</assignee><xref type=\"person\" data=\"A\"/>"),
       registry::assignee, "[C][D]"},
      {with("<xref type=\"rfc\" data=\"rfc6335\"/>"), registry::references, "[RFC6335]"},
      {with("<xref type=\"rfc\" data=\"rfc1\">RFC1, Section 2</xref>"), registry::references,
       "[RFC1, Section 2]"},
      {with("<xref type=\"draft\" data=\"draft-x-00\">draft-x-00, Section 4</xref>"),
       registry::references, "[draft-x-00]"},
      {with("<xref type=\"text\">n/a</xref><xref type=\"uri\" data=\"http://x\"/>"
            "<xref type=\"uri\" data=\"http://x\">TR-1</xref><xref type=\"note\" data=\"1\"/>"),
       registry::references, "[n/a][http://x][TR-1][1]"},
      {with("<sc>42</sc>"), registry::service_code, "42"},
      {with("<unauthorized>Known Unauthorized Use on port 1\n   </unauthorized>"),
       registry::unauthorized, "Known Unauthorized Use on port 1"},
      {with("<description>a &amp; b<!-- c --></description>"), registry::description, "a & b"},
      {with("<description>x++<br/><br/>\nIANA assigned</description>"), registry::description,
       "x++\nIANA assigned"},
      {with("<description>x<br/>y</description>"), registry::description, "x\ny"},
      {with("<note>see <xref type=\"rfc\" data=\"rfc7\"/> for\nmore \n    of it</note>"),
       registry::notes, "see [RFC7] for\nmore of it"},
      {with("<note>\n  <paragraph>a</paragraph>\n  <paragraph>b</paragraph>\n</note>"),
       registry::notes, "a\n          b"},
      {with("<note><![CDATA[<x> & y]]></note>"), registry::notes, "<x> & y"},
      {"<record><name>a1</name></record>", registry::registered, ""},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.record) {
      BOOST_TEST(first_row(xml(row.record))[row.column] == row.cell);
    }
  }
}

BOOST_AUTO_TEST_CASE(xhtml_cells_are_those_of_the_csv) {
  const auto cells = first_row(xhtml(
      "<tr><td>a1</td><td align=\"center\">80</td><td>tcp</td><td>x++<br/><br/>\nIANA</td>"
      "<td>[<a href=\"#C\">C</a>]</td><td>[<a href=\"#A\">A</a>][<a>B</a>]</td><td>2001-02</td>"
      "<td></td><td>[<a>RFC1</a>][draft-x-00, Section 4]</td><td/><td>yes</td><td>a &lt; b</td>"
      "</tr>"));
  const std::vector<std::string> expected = {
      "a1", "80",  "tcp",  "x++\nIANA", "[C]", "[A][B]", "2001-02", "", "[RFC1][draft-x-00]",
      "",   "yes", "a < b"};
  BOOST_TEST(cells == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(people_are_counted_and_the_edition_is_the_files) {
  const std::string record = "<record><name>a1</name></record>";
  const auto native = read_registry(xml(record), RegistryDate{1999, 1, 1});
  BOOST_TEST_REQUIRE(native.has_value());
  BOOST_TEST(native->format == "xml");
  BOOST_TEST(native->contacts_read == 2u);
  BOOST_TEST((native->table.edition() == RegistryDate{2026, 1, 2}));
  const auto page = read_registry("\xEF\xBB\xBF" + xhtml(""), RegistryDate{1999, 1, 1});
  BOOST_TEST_REQUIRE(page.has_value());
  BOOST_TEST(page->format == "xhtml");
  BOOST_TEST(page->contacts_read == 1u);
  BOOST_TEST((page->table.edition() == RegistryDate{2026, 1, 2}));
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_whole_file) {
  const registry_tests::Refusal refusals[] = {
      {"<registry id=\"service-names-port-numbers\">\n<record>", RegistryIssue::truncated, 2, 9},
      {"<registry id=\"service-names-port-numbers\">\n</registri>", RegistryIssue::bad_markup, 2,
       1},
      {"<registry id=\"service-names-port-numbers\">\n<updated>soon</updated></registry>",
       RegistryIssue::bad_edition, 2, 10},
      {"<registry id=\"dns-parameters\"/>", RegistryIssue::bad_header, 1, 1},
      {"<registry/>", RegistryIssue::bad_header, 1, 1},
      {"<html>\n<table/></html>\n", RegistryIssue::bad_header, 3, 1},
      {"<html>\n<table><tr><th>Service Name</th><th>Port</th></tr></table></html>",
       RegistryIssue::bad_header, 2, 37},
      {"<html>\n<p>&nbsp;</p></html>", RegistryIssue::bad_markup, 2, 4},
      {"<html>\n<p>", RegistryIssue::truncated, 2, 4},
      {"<other/>", RegistryIssue::unknown_format, 1, 1},
  };
  registry_tests::check(refusals);
}

BOOST_AUTO_TEST_CASE(tells_what_is_wrong_with_a_row) {
  struct Row {
    std::string text;
    RegistryIssue issue;
    bool rejected;
    std::uint32_t line, column;
  };
  const std::string first = "<record><name>a0</name></record>";
  const Row rows[] = {
      {xml(first + "\n<record>\n<name>a1</name><name>a2</name></record>"),
       RegistryIssue::field_count, true, 7, 16},
      {xml(first + "\n<record>\n<name>a1</name><colour>red</colour></record>"),
       RegistryIssue::unknown_element, false, 7, 16},
      {xml(first + "\n<record> \n  stray<name>a1</name></record>"), RegistryIssue::unknown_element,
       false, 7, 3},
      {xml(first + "\n<record>\n<name>a1</name><number>65536</number></record>"),
       RegistryIssue::bad_port, true, 7, 24},
      {xml(first + "\n<record date=\"soon\"><name>a1</name></record>"), RegistryIssue::bad_date,
       false, 6, 15},
      {xhtml("<tr><td>a0</td><td/><td/><td/><td/><td/><td/><td/><td/><td/><td/><td/></tr>\n"
             "<tr><td>a1</td></tr>"),
       RegistryIssue::field_count, true, 5, 1},
      {xhtml("<tr><td>a0</td><td/><td/><td/><td/><td/><td/><td/><td/><td/><td/><td/></tr>\n<tr>"
             "<td>a1</td><td>x</td><td/><td/><td/><td/><td/><td/><td/><td/><td/><td/></tr>"),
       RegistryIssue::bad_port, true, 5, 20},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text) {
      const auto import = read_registry(row.text);
      BOOST_TEST_REQUIRE(import.has_value());
      BOOST_TEST_REQUIRE(import->problems.size() == 1u);
      const RegistryProblem& problem = import->problems.front();
      BOOST_TEST(problem.issue == row.issue);
      BOOST_TEST(problem.rejected == row.rejected);
      BOOST_TEST(problem.at.line == row.line);
      BOOST_TEST(problem.at.column == row.column);
      BOOST_TEST(import->rows_read == 2u);
      BOOST_TEST(import->rows_kept == (row.rejected ? 1u : 2u));
      BOOST_TEST(import->rows_rejected == (row.rejected ? 1u : 0u));
    }
  }
}

BOOST_AUTO_TEST_CASE(every_cut_is_refused) {
  const std::string texts[] = {
      xml("<record date=\"2001-02\"><name>a&amp;1</name></record>"),
      xhtml("<tr><td>a1</td><td/><td/><td/><td/><td/><td/><td/><td/><td/><td/><td/></tr>")};
  for (const std::string& text : texts) {
    for (std::size_t size = 0; size + 1 < text.size(); ++size) {  // the last line break may go
      BOOST_TEST_CONTEXT(size) {
        const auto import = read_registry(text.substr(0, size));
        BOOST_TEST_REQUIRE(!import.has_value());
        const RegistryIssue issue = import.error().issue;
        BOOST_TEST((issue == RegistryIssue::truncated || issue == RegistryIssue::unknown_format));
      }
    }
    BOOST_TEST(read_registry(text.substr(0, text.size() - 1)).has_value());
  }
}

BOOST_AUTO_TEST_SUITE_END()
