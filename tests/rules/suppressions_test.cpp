// Suppressions: which lines a comment is for, in each way of writing comments.
// SPDX-License-Identifier: Apache-2.0
#include "rules/suppressions.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "rules/check_definition.hpp"

using namespace srvwarden;

namespace {

/// "SN006@2 LT002@1": the rules that are left, with their lines.
std::string left(DefinitionFormat format, const std::string& text) {
  const Definition definition = read_definition("file", text, format);
  Findings findings = check_definition(definition, {});
  heed_suppressions(findings, format, text);
  std::string out;
  for (const Finding& finding : findings) {
    const auto line =
        std::count(text.begin(), text.begin() + static_cast<long>(finding.at.offset), '\n') + 1;
    out.append(out.empty() ? "" : " ").append(finding.rule->id).append("@");
    out += std::to_string(line);
  }
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(suppressions)

BOOST_AUTO_TEST_CASE(silence_the_line_that_they_are_for) {
  struct Row {
    DefinitionFormat format;
    std::string text, left;
  };
  constexpr auto list = DefinitionFormat::list;
  constexpr auto avahi = DefinitionFormat::avahi_service;
  const auto xml = [](const std::string& type) {
    return "<service-group>\n<name>n</name><service>\n" + type +
           "\n<port>1</port></service></service-group>";
  };
  const Row rows[] = {
      {list, "_a--b._tcp", "SN006@1"},
      {list, "# srvwarden: ignore SN006\n_a--b._tcp\n_a--c._tcp", "SN006@3"},
      {list, "# srvwarden: ignore sn006\r\n\r\n# why\r\n_a--b._tcp\r\n", ""},
      {list, "#srvwarden:ignore service-name-hyphen-run because SN999 is a reason\n_a--b._tcp", ""},
      {list, "# srvwarden: ignore SN004, SN006\n_a--b._tcp", "LT002@1"},
      {list, "# srvwarden: ignore SN0066\n_a--b._tcp", "LT001@1 SN006@2"},
      {list, "# srvwarden: ignore-file SN006\n_a--b._tcp\n_a--c._tcp", ""},
      {list, "_a--b._tcp\n# srvwarden: ignore SN006", "SN006@1 LT002@2"},
      {list, "# srvwarden: ignore SN006\n# srvwarden: ignore SN006\n_a--b._tcp", "LT002@1"},
      {list, "# srvwarden: ignore-file SN006\n# srvwarden: ignore SN006\n_a--b._tcp\n_a--c._tcp",
       ""},
      {list, "# srvwarden: heed SN006\n_a--b._tcp", "SN006@2"},
      {list, "# srvwarden: ignore\n_a--b._tcp", "SN006@2"},
      {avahi, xml("<type>_a--b._tcp</type>"), "SN006@3"},
      {avahi, xml("<type>_a--b._tcp</type><!-- srvwarden: ignore SN006 -->"), ""},
      {avahi, xml("<!--srvwarden: ignore SN006-->\n<type>_a--b._tcp</type>"), ""},
      {avahi, xml("<!-- x srvwarden: ignore SN006 --><type>_a--b._tcp</type>"), "SN006@3"},
  };
  for (const Row& row : rows) BOOST_TEST(left(row.format, row.text) == row.left, row.text);
}

// As many comments as a file can hold, each of which was once compared with all that follows.
BOOST_AUTO_TEST_CASE(many_take_linear_time) {
  struct Row {
    DefinitionFormat format;
    std::string before, comment, after;
    std::size_t findings;
  };
  constexpr auto list = DefinitionFormat::list;
  constexpr auto avahi = DefinitionFormat::avahi_service;
  constexpr auto services = DefinitionFormat::services;
  constexpr std::size_t count = 40'000;
  const Row rows[] = {
      {list, "", "# srvwarden: ignore SN999\n", "_http._tcp", count},
      // Within a comment, the words of the next one are words.
      {services, "ipp 631/tcp ", "# srvwarden: ignore SN999 ", "", 4 * count - 3},
      {services, "ipp 631/tcp ", "# srvwarden: ", "", 0},
      {avahi, "<service-group>", "<!-- srvwarden: ignore SN999 -->", "</service-group>", count},
      {avahi, "<service-group>", "<!--\nsrvwarden: ignore SN999\n-->", "</service-group>", 0},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.comment) {
      std::string text = row.before;
      for (std::size_t i = 0; i < count; ++i) text += row.comment;
      text += row.after;
      Findings findings;
      heed_suppressions(findings, row.format, text);
      BOOST_TEST(findings.size() == row.findings);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_comment_of_systemd_begins_its_line) {
  const std::string head = "[Service]\nName=n\nPort=1\n";
  constexpr auto dnssd = DefinitionFormat::systemd_dnssd;
  BOOST_TEST(left(dnssd, head + "; srvwarden: ignore SN006\nType=_a--b._tcp") == "");
  BOOST_TEST(left(dnssd, head + "Type=_a--b._tcp # srvwarden: ignore SN006") != "");
}

BOOST_AUTO_TEST_SUITE_END()
