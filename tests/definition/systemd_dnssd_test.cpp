// Tests of the reader of systemd's .dnssd files.
// SPDX-License-Identifier: Apache-2.0
#include "definition_printing.hpp"
#include "srvwarden/definition.hpp"

namespace srvwarden {
namespace {

using enum ProblemCode;

Definition read(std::string_view text) { return read_definition("x.dnssd", text); }

std::string with(std::string_view more) {
  return "[Service]\nName=n\nType=_http._tcp\nPort=80\n" + std::string(more);
}

std::vector<std::string> txt_of(const Definition& definition) {
  std::vector<std::string> strings;
  for (const DefinitionText& text : definition.services[0].txt) strings.push_back(text.value);
  return strings;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(systemd_dnssd)

BOOST_AUTO_TEST_CASE(reads_every_key) {
  const std::string file =
      "# a comment\n"
      "; another\n"
      "\n"
      "[Service]\n"
      "Name = Room %H\n"
      "Type=_http._tcp\r\n"
      "SubType=_printer\n"
      "  Port=80\n"
      "Priority=1\n"
      "Weight=2\n"
      "TxtText=path=/stats/index.html t=temperature_sensor\n"
      "TxtData=data=YW55IGJpbmFyeSBkYXRhCg==\n"
      "X-Owner=me\n"
      "[X-Other]\n"
      "what=ever\n";
  const Definition got = read(file);
  BOOST_TEST(got.problems.size() == 0U);
  BOOST_TEST(got.instance.value == "Room %H");
  BOOST_TEST(got.instance.at == (Place{file.find("Room"), 5, 8}));
  BOOST_TEST(got.instance.verbatim);
  BOOST_TEST(got.replace_wildcards);
  BOOST_TEST_REQUIRE(got.services.size() == 1U);
  const ServiceDefinition& service = got.services[0];
  BOOST_TEST(service.at == (Place{file.find("[Service]"), 4, 1}));
  BOOST_TEST(service.type.value == "_http._tcp");
  BOOST_TEST_REQUIRE(service.subtypes.size() == 1U);
  BOOST_TEST(service.subtypes[0].value == "_printer");
  BOOST_TEST(service.port.value == "80");
  BOOST_TEST(service.port.at.column == 8U);
  BOOST_TEST(service.priority.value == "1");
  BOOST_TEST(service.weight.value == "2");
  const std::vector<std::string> txt = {"path=/stats/index.html", "t=temperature_sensor",
                                        "data=any binary data\n"};
  BOOST_TEST(txt_of(got) == txt, boost::test_tools::per_element());
  BOOST_TEST(service.further_txt_records == std::vector<std::size_t>{2},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(tells_what_is_wrong_and_where) {
  const ProblemRow rows[] = {
      {"", missing, ""},
      {"[Service]\nName=n\nPort=1\n", missing, "[Service]"},
      {"[Service]\nName=n\nType=_a._tcp\n", missing, "[Service]"},
      {"[Service]\nName=\nType=_a._tcp\nPort=1\n", missing, "[Service]"},
      {with("Colour=red\n"), unknown_element, "Colour"},
      {with("port=81\n"), unknown_element, "port"},
      {with("[Unit]\nDescription=x\n"), unknown_element, "[Unit]"},
      {"Name=n\n" + with(""), unknown_element, "Name=n"},
      {with("[Service\n"), syntax, "[Service"},
      {with("hello\n"), syntax, "hello"},
      {with("=x\n"), syntax, "="},
      {with("Port=81\n"), overridden, "80"},
      {with("TxtText=a\nTxtText=\n"), overridden, "a"},
      {with("SubType=_a\nSubType=_b\n"), overridden, "_a"},
      {with("TxtText=a=\"b\n"), bad_value, "\""},
      {with("TxtText=\xC3\xA9=1\n"), bad_value, "\xC3\xA9=1"},
      {with("TxtData=a=b\n"), bad_value, "a=b"},
      {with("TxtText=a=\\q\n"), unknown_escape, "\\q"},
      {with("TxtText=a=\\x00\n"), unknown_escape, "\\x"},
      {with("TxtText=a=\\uD800\n"), unknown_escape, "\\u"},
      {with("TxtText=a=\\777\n"), unknown_escape, "\\7"},
      {with("TxtText=a\xFF\n"), bad_encoding, "\xFF"},
      {with(std::string("TxtText=a\0b\n", 12)), bad_encoding, std::string_view("\0", 1)},
      {"[Service]\nName=On %h\nType=_a._tcp\nPort=1\n", unknown_escape, "%h"},
      {"[Service]\nName=100%\nType=_a._tcp\nPort=1\n", unknown_escape, "%"},
  };
  test_first_problems(rows, read);
}

BOOST_AUTO_TEST_CASE(splits_quotes_and_escapes_as_systemd_does) {
  struct Row {
    std::string_view value;
    std::vector<std::string> txt;
  };
  const Row rows[] = {
      {"a  b\tc", {"a", "b", "c"}},
      {"\"a=b c\" 'd=\"e'", {"a=b c", "d=\"e"}},
      {"a='b c'd", {"a=b cd"}},
      {"a=\\x41\\102\\s\\u00e9\\U0001F600", {"a=AB \xC3\xA9\xF0\x9F\x98\x80"}},
      {"a=\\n\\t\\\\\\\"", {"a=\n\t\\\""}},
      {"a=\\xe9", {"a=\xE9"}},
      {"\"\"", {""}},
      {"a=b=c", {"a=b=c"}},
      {"a=\"b\\\"c\"", {"a=b\"c"}},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.value) {
      const Definition got = read(with("TxtText=" + std::string(row.value) + "\n"));
      BOOST_TEST(got.problems.size() == 0U);
      BOOST_TEST(txt_of(got) == row.txt, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(joins_continued_lines_and_keeps_their_places) {
  const std::string file =
      with("TxtText=a=1 \\\n# a comment between\n   b=2\\\n  c=3\n\\\nTxtData=\\\nd");
  const Definition got = read(file);
  BOOST_TEST(got.problems.size() == 0U);
  const std::vector<std::string> txt = {"a=1", "b=2", "c=3", "d"};
  BOOST_TEST(txt_of(got) == txt, boost::test_tools::per_element());
  BOOST_TEST(got.services[0].txt[1].at == (Place{file.find("b=2"), 7, 4}));
  BOOST_TEST(got.services[0].txt[2].at == (Place{file.find("c=3"), 8, 3}));
  BOOST_TEST(got.services[0].txt[2].verbatim);
}

BOOST_AUTO_TEST_CASE(an_empty_string_has_a_place) {
  const std::string file = with("TxtText=a \"\" b\n");
  const Definition got = read(file);
  BOOST_TEST_REQUIRE(got.services[0].txt.size() == 3U);
  BOOST_TEST(got.services[0].txt[1].at.offset == file.find('"'));
  BOOST_TEST(got.services[0].txt[1].length == 0U);
}

BOOST_AUTO_TEST_CASE(a_text_over_two_lines_is_not_verbatim) {
  const std::string file = "[Service]\nName=a\\\n  b\nType=_a._tcp\nPort=1\n";
  const Definition got = read(file);
  BOOST_TEST(got.instance.value == "a b");
  BOOST_TEST(!got.instance.verbatim);
  BOOST_TEST_REQUIRE(got.instance.offsets.size() == 4U);
  BOOST_TEST(got.instance.offsets[2] == file.find("b\n"));
}

BOOST_AUTO_TEST_CASE(the_last_line_may_lack_its_end_and_a_bom_is_skipped) {
  const Definition got = read("\xEF\xBB\xBF[Service]\rName=n\rType=_a._tcp\rPort=1");
  BOOST_TEST(got.problems.size() == 0U);
  BOOST_TEST(got.services[0].port.value == "1");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace srvwarden
