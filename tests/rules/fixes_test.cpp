// Fixes: what a file is once everything with one right answer is mended, and what is left alone.
// SPDX-License-Identifier: Apache-2.0
#include "rules/fixes.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "rules/check_definition.hpp"
#include "srvwarden/registry.hpp"

using namespace srvwarden;

namespace {

std::string mended(const std::string& text, DefinitionFormat format) {
  const auto judge = [format](std::string_view changed) {
    const Definition definition = read_definition("file", changed, format);
    Findings findings = check_definition(definition, {.registry = &Registry::builtin()});
    add_fixes(findings, definition, changed);
    return findings;
  };
  return mend({text, judge(text)}, judge).text;
}

struct Row {
  std::string before, after;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(fixes)

BOOST_AUTO_TEST_CASE(avahi) {
  const auto file = [](const std::string& service) {
    return "<service-group>\n <name>n</name>\n <service>\n" + service +
           " </service>\n</service-group>\n";
  };
  const std::string type = "  <type>_ipp._tcp</type>\n  <port>1</port>\n";
  const Row rows[] = {
      {"  <type>ipp._tcp</type>\n  <port>1</port>\n", type},
      {"  <type> ipp.tcp\r\n</type>\n  <port>1</port>\n", type},
      {"  <type>_ipp._sctp</type>\n  <port>1</port>\n",
       "  <type>_ipp._udp</type>\n  <port>1</port>\n"},
      {"  <type>_www-http._tcp</type>\n  <port>1</port>\n",
       "  <type>_http._tcp</type>\n  <port>1</port>\n"},
      {type + "  <txt-record></txt-record>\n", type},
      {type + "  <txt-record/><!-- c -->\n", type + "  <!-- c -->\n"},
      {type + "  <txt-record>rp=a</txt-record><txt-record>RP</txt-record>\n",
       type + "  <txt-record>rp=a</txt-record>\n"},
      {type + "  <txt-record>rp=a</txt-record>\n  <txt-record>txtvers=1</txt-record>\n",
       type + "  <txt-record>txtvers=1</txt-record>\n  <txt-record>rp=a</txt-record>\n"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(mended(file(row.before), DefinitionFormat::avahi_service) == file(row.after));
  }
  const std::string left_alone[] = {
      "  <type>_ipp._quic</type>\n  <port>1</port>\n",     // what was meant?
      "  <type>&#105;pp._tcp</type>\n  <port>1</port>\n",  // not written plainly
      "  <type>_ipp-printing-too-long._tcp</type><port>1</port>\n",
      type + "  <txt-record>rp=a</txt-record><txt-record><![CDATA[rp=b]]></txt-record>\n",
      type + "  <txt-record>rp=a</txt-record><txt-record>rp=<!-- -->b</txt-record>\n",
      type + "  <txt-record>rp=a</txt-record> <!-- c -->\n  <txt-record>txtvers=1</txt-record>\n",
      type + "  <txt-record>rp=a</txt-record>\n  <txt-record>rp=b</txt-record> <!-- c -->\n",
      // The service that the alias would become is there already.
      type +
          " </service>\n <service>\n  <type>_www-http._tcp</type><port>1</port>\n </service>\n"
          " <service>\n  <type>_http._tcp</type><port>1</port>\n",
      type + "  <txt-record>a<!-- --></txt-record>\n  <txt-record>txtvers=1</txt-record>\n",
  };
  for (const std::string& service : left_alone) {
    BOOST_TEST(mended(file(service), DefinitionFormat::avahi_service) == file(service));
  }
}

BOOST_AUTO_TEST_CASE(dnssd) {
  const std::string head = "[Service]\nName=n\nType=_ipp._tcp\nPort=1\n";
  const Row rows[] = {
      {"TxtText=rp=a \"\" pdl=b\n", "TxtText=rp=a pdl=b\n"},
      {"TxtText=\"\" rp=a\n", "TxtText=rp=a\n"},
      {"TxtText=rp=a  RP=b\r\n", "TxtText=rp=a\r\n"},
      {"TxtText='rp=a c' \"txtvers=1\"", "TxtText=\"txtvers=1\" 'rp=a c'"},
      {"TxtText=rp=a rp=b rp=c\n", "TxtText=rp=a\n"},
      {"TxtText=\"\" \"\" rp=a \"\"\n", "TxtText=rp=a\n"},
      {"TxtText=rp=a rp=b rp=c pdl=d rp=e\n", "TxtText=rp=a pdl=d\n"},
      {"TxtText=a \\\n rp rp\n", "TxtText=a \\\n rp\n"},
  };
  for (const Row& row : rows) {
    BOOST_TEST(mended(head + row.before, DefinitionFormat::systemd_dnssd) == head + row.after);
  }
  const std::string left_alone[] = {
      "TxtText=rp=a rp=\"b c\"\n",  // quotes within the word
      "TxtText=rp=a \\\nrp=b\n",    // its line begins elsewhere
      "TxtText=rp=a \"rp=\\x62\"d\n",
      "TxtText=rp=a\nTxtText=rp=b pdl=c\n",  // two records: what is meant?
  };
  for (const std::string& text : left_alone) {
    BOOST_TEST(mended(head + text, DefinitionFormat::systemd_dnssd) == head + text);
  }
}

BOOST_AUTO_TEST_CASE(lists) {
  BOOST_TEST(mended("# c\n ipp._tcp\r\n_ssh._sctp", DefinitionFormat::list) ==
             "# c\n _ipp._tcp\r\n_ssh._udp");
}

BOOST_AUTO_TEST_CASE(of_fixes_that_overlap_the_first_is_made) {
  Findings findings(3);
  findings[0].fix = {{{1, 2}, "X"}};
  findings[1].fix = {{{2, 1}, "Y"}, {{5, 0}, "Z"}};
  findings[2].fix = {{{0, 1}, ""}, {{3, 1}, "W"}};
  BOOST_TEST(apply_fixes("abcdef", findings) == "XWef");
  BOOST_TEST(apply_fixes("", {}) == "");
}

BOOST_AUTO_TEST_SUITE_END()
