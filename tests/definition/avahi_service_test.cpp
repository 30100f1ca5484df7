// Tests of the reader of Avahi's .service files.
// SPDX-License-Identifier: Apache-2.0
#include "definition_printing.hpp"
#include "srvwarden/definition.hpp"

namespace srvwarden {
namespace {

using enum ProblemCode;

Definition read(std::string_view text) { return read_definition("x.service", text); }

/// A group with a name and one service that has a type, a port and `more`.
std::string with(std::string_view more) {
  return "<service-group><name>n</name><service><type>_http._tcp</type><port>80</port>" +
         std::string(more) + "</service></service-group>";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(avahi_service)

BOOST_AUTO_TEST_CASE(reads_every_element) {
  const std::string file = R"(<?xml version="1.0" standalone='no'?>
<!DOCTYPE service-group SYSTEM "avahi-service.dtd">
<service-group>
  <name replace-wildcards="yes">Files on %h</name>
  <service protocol="ipv6">
    <type>_ipp._tcp</type>
    <subtype>_universal._sub._ipp._tcp</subtype>
    <subtype>_cups._sub._ipp._tcp</subtype>
    <domain-name>local</domain-name>
    <host-name>h.local</host-name>
    <port>631</port>
    <txt-record>txtvers=1</txt-record>
    <txt-record value-format="text">a=b</txt-record>
  </service>
  <service><type>_http._tcp</type><port>80</port></service>
</service-group>
)";
  const Definition got = read(file);
  BOOST_TEST(got.problems.size() == 0U);
  BOOST_TEST(got.instance.value == "Files on %h");
  BOOST_TEST(got.instance.at == (Place{file.find("Files on"), 4, 33}));
  BOOST_TEST(got.replace_wildcards);
  BOOST_TEST_REQUIRE(got.services.size() == 2U);
  const ServiceDefinition& ipp = got.services[0];
  BOOST_TEST(ipp.at == (Place{file.find("<service p"), 5, 3}));
  BOOST_TEST(ipp.protocol.value == "ipv6");
  BOOST_TEST(file.substr(ipp.protocol.at.offset, 5) == "ipv6\"");
  BOOST_TEST(ipp.type.value == "_ipp._tcp");
  BOOST_TEST_REQUIRE(ipp.subtypes.size() == 2U);
  BOOST_TEST(ipp.subtypes[1].value == "_cups._sub._ipp._tcp");
  BOOST_TEST(ipp.domain.value == "local");
  BOOST_TEST(ipp.host.value == "h.local");
  BOOST_TEST(ipp.port.value == "631");
  BOOST_TEST_REQUIRE(ipp.txt.size() == 2U);
  BOOST_TEST(ipp.txt[0].value == "txtvers=1");
  BOOST_TEST(ipp.txt[1].at == (Place{file.find("a=b"), 13, 37}));
  const ServiceDefinition& http = got.services[1];
  BOOST_TEST(!http.protocol.present);
  BOOST_TEST(!http.domain.present);
  BOOST_TEST(http.type.verbatim);
  BOOST_TEST(http.type.length == 10U);
}

BOOST_AUTO_TEST_CASE(tells_what_is_wrong_and_where) {
  const ProblemRow rows[] = {
      {with("<prot/>"), unknown_element, "<prot/>"},
      {with("<name>n</name>"), unknown_element, "<name>"},
      {with("<service><type>_x._tcp</type></service>"), unknown_element, "<service>"},
      {with("<txt-record>a<b>c</b>d</txt-record>"), unknown_element, "<b>"},
      {"<services/>", unknown_element, "<services/>"},
      {with("<txt-record format='text'>a</txt-record>"), unknown_element, "format"},
      {with("<txt-record/>"), empty_txt_record, "<txt-record/>"},
      {with("<txt-record></txt-record>"), empty_txt_record, "<txt-record>"},
      {with("<txt-record value-format='hex'>a=00</txt-record>"), bad_value, "hex"},
      {with("<txt-record value-format='binary-hex'>a=0x00</txt-record>"), bad_value, "a=0x00"},
      {with("<txt-record value-format='binary-hex'>a</txt-record>"), bad_value, "a"},
      {with("<txt-record value-format='binary-base64'>a=b</txt-record>"), bad_value, "a=b"},
      {with("<type>_ipp._tcp</type>"), duplicate, "<type>"},
      {with("<port>81</port>"), duplicate, "<port>"},
      {with("<subtype>_a._sub._http._tcp</subtype>"), element_order, "<subtype>"},
      {with("<txt-record> a</txt-record>"), outer_whitespace, " a"},
      {with("<host-name>h.local\n</host-name>"), element_order, "<host-name>"},
      {with("hello"), ignored_text, "hello"},
      {with("<txt-record>&nbsp;</txt-record>"), syntax, ""},
      {"<service-group><name>n</name></service-group>", missing, "<service-group>"},
      {"<service-group><service><type>_a._tcp</type><port>1</port></service></service-group>",
       missing, "<service-group>"},
      {"<service-group><name/><service><type>_a._tcp</type><port>1</port></service>"
       "</service-group>",
       missing, "<name/>"},
      {"<service-group><name>n</name><service><port>1</port></service></service-group>", missing,
       "<service>"},
      {"<service-group><name>n</name><service><type>_a._tcp</type></service></service-group>",
       missing, "<service>"},
      {"<service-group><name replace-wildcards='maybe'>n</name><service><type>_a._tcp</type>"
       "<port>1</port></service></service-group>",
       bad_value, "maybe"},
      {"<service-group><name>n</name><service protocol='tcp'><type>_a._tcp</type>"
       "<port>1</port></service></service-group>",
       bad_value, "tcp"},
      {"<service-group><service><type>_a._tcp</type><port>1</port></service><name>n</name>"
       "</service-group>",
       element_order, "<name>"},
  };
  test_first_problems(rows, read);
}

BOOST_AUTO_TEST_CASE(stops_where_the_xml_breaks) {
  struct Row {
    std::string_view file;
    std::size_t offset;
  };
  const Row rows[] = {
      {"", 0},
      {"x", 0},
      {"[Unit]\nDescription=x\n", 0},
      {"<service-group>", 15},
      {"<service-group><name>a</nam></service-group>", 24},
      {"<service-group><name>\xFF</name></service-group>", 21},
      {std::string_view("<service-group>\0</service-group>", 32), 15},
      {"<service-group/><service-group/>", 16},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.file) {
      const Definition got = read(row.file);
      BOOST_TEST_REQUIRE(got.problems.size() >= 1U);
      BOOST_TEST(got.problems.back().code == syntax);
      BOOST_TEST(got.problems.back().at.offset == row.offset);
    }
  }
}

BOOST_AUTO_TEST_CASE(keeps_white_space_as_avahi_does) {
  const Definition got = read(
      "<service-group><name> n\n</name><service><type>_http._tcp</type><port> 80 </port>"
      "</service></service-group>");
  BOOST_TEST(got.instance.value == " n\n");
  BOOST_TEST(got.services[0].port.value == " 80 ");
  BOOST_TEST(codes(got) == (std::vector{outer_whitespace, outer_whitespace}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(remembers_where_each_octet_came_from) {
  const std::string file =
      "<service-group><name>A &amp; B<!-- and --><![CDATA[ < C]]></name><service>"
      "<type>_http._tcp</type><port>80</port></service></service-group>";
  const Definition got = read(file);
  BOOST_TEST(got.problems.size() == 0U);
  const DefinitionText& name = got.instance;
  BOOST_TEST(name.value == "A & B < C");
  BOOST_TEST(!name.verbatim);
  BOOST_TEST_REQUIRE(name.offsets.size() == name.value.size() + 1);
  BOOST_TEST(name.offsets[2] == file.find("&amp;"));
  BOOST_TEST(name.offsets[3] == file.find(" B<"));
  BOOST_TEST(name.offsets[6] == file.find("< C]"));
  BOOST_TEST(name.offsets.back() == file.find("]]>"));
  BOOST_TEST(name.length == file.find("]]>") - file.find("A &amp;"));
}

BOOST_AUTO_TEST_CASE(decodes_binary_values) {
  const Definition got =
      read(with("<txt-record value-format='binary-hex'>k=00fF3d</txt-record>"
                "<txt-record value-format='binary-base64'>k=dmFsdWU=</txt-record>"));
  BOOST_TEST(got.problems.size() == 0U);
  BOOST_TEST(got.services[0].txt[0].value == std::string("k=\0\xFF=", 5));
  BOOST_TEST(got.services[0].txt[1].value == "k=value");
  BOOST_TEST(!got.services[0].txt[1].verbatim);
}

BOOST_AUTO_TEST_CASE(never_opens_what_a_document_names) {
  const std::string file =
      "<!DOCTYPE service-group [<!ENTITY pass SYSTEM 'file:///etc/passwd'>"
      "<!ENTITY own 'mine'>]>" +
      with("<txt-record>a=&pass;&own;</txt-record>");
  const Definition got = read(file);
  BOOST_TEST_REQUIRE(got.problems.size() == 1U);
  BOOST_TEST(got.problems[0].code == bad_value);
  BOOST_TEST(under(file, got.problems[0]) == "&pass;");
  BOOST_TEST(got.services[0].txt[0].value == "a=mine");
}

BOOST_AUTO_TEST_CASE(says_that_an_undeclared_entity_is_left_out) {
  const std::string file = "<!DOCTYPE service-group SYSTEM 'avahi-service.dtd'>" +
                           with("<txt-record>a=&nbsp;b</txt-record>");
  const Definition got = read(file);
  BOOST_TEST_REQUIRE(got.problems.size() == 1U);
  BOOST_TEST(got.problems[0].code == bad_value);
  BOOST_TEST(under(file, got.problems[0]) == "&nbsp;");
}

BOOST_AUTO_TEST_CASE(stops_expanding_entities) {
  std::string file = "<!DOCTYPE service-group [<!ENTITY e0 'hahaha'>";
  for (int i = 1; i < 12; ++i) {
    const std::string inner = "&e" + std::to_string(i - 1) + ";";
    file += "<!ENTITY e" + std::to_string(i) + " '";
    for (int j = 0; j < 10; ++j) file += inner;
    file += "'>";
  }
  file += "]>" + with("<txt-record>a=&e11;</txt-record>");
  const Definition got = read(file);
  BOOST_TEST_REQUIRE(got.problems.size() == 1U);
  BOOST_TEST(got.problems[0].code == too_large);
}

BOOST_AUTO_TEST_CASE(reads_other_encodings) {
  const std::string file =
      "<?xml version='1.0' encoding='ISO-8859-1'?>" +
      with("<txt-record>n=caf\xE9</txt-record><txt-record>b=\xA3</txt-record>");
  const Definition got = read(file);
  BOOST_TEST(got.problems.size() == 0U);
  BOOST_TEST(got.services[0].txt[0].value == "n=caf\xC3\xA9");
  BOOST_TEST(!got.services[0].txt[0].verbatim);
  BOOST_TEST(got.services[0].txt[1].at.offset == file.find("b="));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace srvwarden
