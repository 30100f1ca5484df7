// Tests of the reader of Apple's property lists.
// SPDX-License-Identifier: Apache-2.0
#include "definition_printing.hpp"
#include "srvwarden/definition.hpp"

namespace srvwarden {
namespace {

using enum ProblemCode;

Definition read(std::string_view text) {
  return read_definition("Info.plist", text, DefinitionFormat::info_plist);
}

constexpr std::string_view usage =
    "<key>NSLocalNetworkUsageDescription</key><string>Finds printers.</string>";

std::string plist(std::string_view dict) {
  return "<plist version=\"1.0\"><dict>" + std::string(dict) + "</dict></plist>";
}

std::string types(std::string_view array) {
  return plist("<key>NSBonjourServices</key><array>" + std::string(array) + "</array>" +
               std::string(usage));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(info_plist)

BOOST_AUTO_TEST_CASE(reads_the_types) {
  const std::string file =
      "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
      "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
      "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\r\n" +
      types(
          "<string>_ipp._tcp</string>\r\n<!-- x --><string>_a&amp;b._udp</string>"
          "<string><![CDATA[_c._tcp]]></string>");
  const Definition got = read(file);
  BOOST_TEST(got.problems.size() == 0U);
  BOOST_TEST_REQUIRE(got.values.size() == 3U);
  BOOST_TEST(got.values[0].text.value == "_ipp._tcp");
  BOOST_TEST(got.values[0].text.verbatim);
  BOOST_TEST(got.values[0].text.at.line == 3U);
  BOOST_TEST(got.values[0].text.at.offset == file.find("_ipp"));
  BOOST_TEST(got.values[0].looked_up);
  BOOST_TEST((got.values[0].role == DeclaredRole::bonjour_type));
  BOOST_TEST(got.values[1].text.value == "_a&b._udp");
  BOOST_TEST(!got.values[1].text.verbatim);
  BOOST_TEST(got.values[2].text.value == "_c._tcp");
  BOOST_TEST(got.values[0].group == got.values[1].group);
}

BOOST_AUTO_TEST_CASE(reads_other_encodings) {
  std::string file = "\xFF\xFE";
  for (const char c : types("<string>_ipp._tcp</string>")) file += {c, '\0'};
  const Definition got = read(file);
  BOOST_TEST(got.problems.size() == 0U);
  BOOST_TEST_REQUIRE(got.values.size() == 1U);
  BOOST_TEST(got.values[0].text.value == "_ipp._tcp");
}

BOOST_AUTO_TEST_CASE(takes_what_is_right) {
  const std::string rows[] = {
      plist(""),
      plist("<key>NSBonjourServices</key><array/>"),  // asks for nothing: nobody is asked
      plist("<key>CFBundleName</key><string>NSBonjourServices</string>"),
      types("<string>_$(NAME)._tcp</string>"),  // put in by the build
      types("<string>_ipp._tcp</string>"),
      plist("<key>a</key><dict><key>b</key><array><string>_x</string></array></dict>"),
  };
  for (const std::string& row : rows) {
    BOOST_TEST_CONTEXT(row) { BOOST_TEST(read(row).problems.size() == 0U); }
  }
}

BOOST_AUTO_TEST_CASE(tells_what_is_wrong_and_where) {
  const std::string services = "<key>NSBonjourServices</key>";
  const ProblemRow rows[] = {
      {"", syntax, ""},
      {"bplist00\xD1\x01\x02", unread_form, "bplist"},
      {"{ NSBonjourServices = (\"_ipp._tcp\"); }", unread_form, "{"},
      {"<html></html>", unknown_element, "<html>"},
      {"<plist><dict>", syntax, ""},
      {plist("&unknown;"), syntax, ""},
      {plist(services + "<string>_ipp._tcp</string>"), wrong_type, "<string>"},
      {plist(services + "<dict/>"), wrong_type, "<dict/>"},
      {types("<integer>1</integer>"), wrong_type, "<integer>"},
      {types("<array><string>_a._tcp</string></array>"), wrong_type, "<array>"},
      {plist(services + "<array/>" + services + "<array/>"), duplicate, "NSBonjourServices"},
      {plist("<key>a</key><dict>" + services + "<array/></dict>"), misplaced, "NSBonjourServices"},
      {plist(services + "<array><string>_a._tcp</string></array>"), no_usage_text,
       "NSBonjourServices"},
      {plist("<key>NSLocalNetworkUsageDescription</key><string> </string>" + services +
             "<array><string>_a._tcp</string></array>"),
       no_usage_text, "NSBonjourServices"},
      {std::string("<plist>\0</plist>", 16), syntax, ""},
  };
  test_first_problems(rows, read);
}

BOOST_AUTO_TEST_CASE(bounds_entities_and_depth) {
  std::string bomb = "<!DOCTYPE plist [<!ENTITY a0 \"xxxxxxxxxx\">";
  for (int i = 1; i < 10; ++i) {
    bomb += "<!ENTITY a" + std::to_string(i) + " \"";
    for (int k = 0; k < 10; ++k) bomb += "&a" + std::to_string(i - 1) + ";";
    bomb += "\">";
  }
  bomb += "]>" + types("<string>&a9;</string>");
  const Definition got = read(bomb);
  BOOST_TEST_REQUIRE(got.problems.size() == 1U);
  BOOST_TEST(got.problems[0].code == too_large);

  std::string deep = "<plist>";
  for (int i = 0; i < 100'000; ++i) deep += "<dict>";
  BOOST_TEST(codes(read(deep)) == std::vector{syntax}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(is_told_from_name_and_content) {
  const auto is_plist = [](std::string_view path, std::string_view text) {
    return find_definition_format(path, text) == DefinitionFormat::info_plist;
  };
  BOOST_TEST(is_plist("App/Info.plist", "bplist00"));
  BOOST_TEST(is_plist("App-Info.plist", plist("")));
  BOOST_TEST(is_plist("a.plist", types("")));
  BOOST_TEST(!is_plist("a.plist", plist("")));
  BOOST_TEST(!is_plist("a.plist", "bplist00NSBonjourServices"));
  BOOST_TEST(!is_plist("Info.plist.txt", plist("")));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace srvwarden
