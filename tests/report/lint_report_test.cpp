// Tests of what lint reports are made of: regions, URIs of files, rules as SARIF.
// SPDX-License-Identifier: Apache-2.0
#include "report/lint_report.hpp"

#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "report/file_uri.hpp"
#include "report/regions.hpp"
#include "report/sarif_rule.hpp"
#include "srvwarden/catalogue.hpp"

using namespace srvwarden;
using namespace srvwarden::report;

namespace srvwarden::report {

std::ostream& operator<<(std::ostream& out, const Region& region) {
  return out << region.line << ':' << region.column << '-' << region.end_line << ':'
             << region.end_column;
}

}  // namespace srvwarden::report

namespace {

/// What a report writes to standard output about one file.
std::string reported(std::string_view format, std::string_view text, const Findings& findings) {
  std::fflush(stdout);
  const int kept = dup(STDOUT_FILENO);
  std::FILE* file = std::tmpfile();
  dup2(fileno(file), STDOUT_FILENO);
  const auto report = report::lint_report(format, {.version = "1.2.3"});
  report->file({"a.list", text, DefinitionFormat::list, findings});
  report->end();
  std::fflush(stdout);
  dup2(kept, STDOUT_FILENO);
  close(kept);
  std::string out(static_cast<std::size_t>(std::ftell(file)), '\0');
  std::rewind(file);
  out.resize(std::fread(out.data(), 1, out.size(), file));
  std::fclose(file);
  return out;
}

Finding finding_at(Span at, std::vector<Edit> fix = {}) {
  const RuleInfo* rule = find_rule("SN006");
  return {.rule = rule,
          .severity = rule->severity,
          .at = at,
          .more = {},
          .detail = {},
          .suggestion = {},
          .help = {},
          .fix = std::move(fix)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lint_report)

BOOST_AUTO_TEST_CASE(regions_count_lines_and_utf16_code_units) {
  struct Row {
    std::string_view text;
    Span span;
    Region region;
  };
  const Row rows[] = {
      {"", {0, 0}, {1, 1, 1, 1}},
      {"", {5, 5}, {1, 1, 1, 1}},  // beyond the end is the end
      {"ab", {1, 1}, {1, 2, 1, 3}},
      {"ab", {2, 0}, {1, 3, 1, 3}},
      {"a\nb", {2, 1}, {2, 1, 2, 2}},
      {"a\nb", {0, 3}, {1, 1, 2, 2}},
      {"a\nb\n", {4, 0}, {3, 1, 3, 1}},
      {"a\r\nb", {3, 1}, {2, 1, 2, 2}},
      {"\xC3\xA9x", {2, 1}, {1, 2, 1, 3}},          // e with acute: 2 bytes, 1 code unit
      {"\xE2\x82\xACx", {3, 1}, {1, 2, 1, 3}},      // euro sign: 3 bytes, 1
      {"\xF0\x9F\x98\x80x", {4, 1}, {1, 3, 1, 4}},  // beyond the first plane: 4 bytes, 2
      {"\n\xC3\xA9\nx", {4, 1}, {3, 1, 3, 2}},      // characters of other lines do not count
      {"\xFFx", {1, 1}, {1, 2, 1, 3}},              // not UTF-8
      {"\xEF\xBB\xBFx", {3, 1}, {1, 1, 1, 2}},      // a byte order mark has no column
      {"\xEF\xBB\xBFx", {0, 4}, {1, 1, 1, 2}},
      {"\xEF\xBB\xBF", {0, 3}, {1, 1, 1, 1}},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT("`" << row.text << "` " << row.span.offset << " " << row.span.length) {
      BOOST_TEST(Regions(row.text)(row.span) == row.region);
    }
  }
}

BOOST_AUTO_TEST_CASE(regions_are_right_across_blocks_of_a_long_line) {
  std::string text = "x\n";
  for (int i = 0; i < 1000; ++i) text += "\xC3\xA9";
  const Regions regions(text);
  for (const std::size_t at : {0U, 510U, 511U, 512U, 999U, 1000U}) {
    const Region here{2, at + 1, 2, at + 1};
    BOOST_TEST(regions({2 + 2 * at, 0}) == here, at);
  }
}

BOOST_AUTO_TEST_CASE(lines_come_without_their_breaks) {
  const Regions regions("\xEF\xBB\xBFone\r\n\ntwo");
  BOOST_TEST(regions.line(1) == "one");
  BOOST_TEST(regions.line(2) == "");
  BOOST_TEST(regions.line(3) == "two");
}

BOOST_AUTO_TEST_CASE(places_go_up_and_down) {
  Places places("a\r\nbc\n");
  const auto at = [&](std::size_t offset) { return places(offset); };
  BOOST_TEST((at(0) == Place{0, 1, 1}));
  BOOST_TEST(places.line() == "a");
  BOOST_TEST((at(4) == Place{4, 2, 2}));
  BOOST_TEST(places.line() == "bc");
  BOOST_TEST((at(6) == Place{6, 3, 1}));
  BOOST_TEST((at(99) == Place{6, 3, 1}));
  BOOST_TEST(places.line() == "");
  BOOST_TEST((at(2) == Place{2, 1, 3}));  // the line feed is its line's last
}

BOOST_AUTO_TEST_CASE(paths_become_references) {
  struct Row {
    std::string_view path;
    std::string_view uri;
  };
  const Row rows[] = {
      {"a.service", "a.service"},
      {"a b/c", "a%20b/c"},
      {"./a", "a"},
      {".//./a", "a"},
      {"../a", "../a"},
      {".a", ".a"},
      {"c:d", "c%3Ad"},  // no scheme
      {"50%,#?", "50%25%2C%23%3F"},
      {"a\nb", "a%0Ab"},
      {"caf\xC3\xA9", "caf%C3%A9"},
      {"\xFF", "%FF"},
      {"/etc/a b", "file:///etc/a%20b"},
  };
  for (const Row& row : rows) BOOST_TEST(file_uri(row.path) == row.uri);
}

BOOST_AUTO_TEST_CASE(sarif_has_the_edits_that_mend_a_finding) {
  const std::string_view text = "x\n\xC3\xA9 a--b\n";
  const Findings findings = {finding_at({6, 2}, {{{6, 2}, "-"}, {{0, 0}, "{1}\n"}}),
                             finding_at({6, 2}, {{{6, 2}, "\xFF"}}),  // JSON cannot hold it
                             finding_at({6, 2})};
  const auto log = nlohmann::json::parse(reported("sarif", text, findings));
  const auto& results = log.at("runs").at(0).at("results");
  BOOST_TEST_REQUIRE(results.size() == 3U);
  BOOST_TEST(!results[1].contains("fixes"));
  BOOST_TEST(!results[2].contains("fixes"));
  const auto& change = results[0].at("fixes").at(0).at("artifactChanges").at(0);
  BOOST_TEST(change.at("artifactLocation").at("uri") == "a.list");
  const auto& edits = change.at("replacements");
  BOOST_TEST_REQUIRE(edits.size() == 2U);
  const nlohmann::json region = {
      {"startLine", 2}, {"startColumn", 4}, {"endLine", 2}, {"endColumn", 6}};
  BOOST_TEST((edits[0].at("deletedRegion") == region));
  BOOST_TEST(edits[0].at("insertedContent").at("text") == "-");
  BOOST_TEST(edits[1].at("insertedContent").at("text") == "{1}\n");  // a content, no message
}

BOOST_AUTO_TEST_CASE(annotations_over_several_lines_have_no_columns) {
  const auto command = [](Span span) {
    const std::string out = reported("github", "ab\ncd\n", {finding_at(span)});
    return out.substr(0, out.find(",title="));
  };
  BOOST_TEST(command({1, 1}) == "::error file=a.list,line=1,endLine=1,col=2,endColumn=3");
  BOOST_TEST(command({1, 2}) == "::error file=a.list,line=1,endLine=2");
  BOOST_TEST(command({1, 3}) == "::error file=a.list,line=1,endLine=2");
}

BOOST_AUTO_TEST_CASE(every_rule_has_a_descriptor) {
  for (const RuleInfo* rule : catalogue()) {
    BOOST_TEST_CONTEXT(rule->id) {
      const auto descriptor = sarif_rule(*rule);
      BOOST_TEST(descriptor.at("id") == rule->id);
      const std::string markdown = descriptor.at("help").at("markdown");
      BOOST_TEST(markdown.find(rule->help) != markdown.npos);
      const bool in_rfc = std::ranges::any_of(rule->references, [](auto r) { return r.rfc != 0; });
      BOOST_TEST(descriptor.contains("helpUri") == in_rfc);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
