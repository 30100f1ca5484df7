// XmlScanner: what it reads, and where it finds each fault.
// SPDX-License-Identifier: Apache-2.0
#include "registry/formats/xml_scanner.hpp"

#include <boost/test/unit_test.hpp>
#include <ostream>
#include <string>

namespace srvwarden::registry {
std::ostream& operator<<(std::ostream& out, XmlFault fault) {
  return out << static_cast<int>(fault);
}
}  // namespace srvwarden::registry

using namespace srvwarden::registry;

namespace {

/// All events as a line: <a b="c"> for start, </a> for end, texts as they are.
std::string account(std::string_view document, XmlScanner* used = nullptr) {
  XmlScanner scanner(document);
  std::string out;
  for (XmlEvent event = scanner.next();; event = scanner.next()) {
    if (event == XmlEvent::done || event == XmlEvent::fault) break;
    if (event == XmlEvent::text) {
      scanner.text().append_to(out);
    } else if (event == XmlEvent::end) {
      out += "</" + std::string(scanner.name()) + '>';
    } else {
      out += '<' + std::string(scanner.name());
      for (const XmlAttribute& attribute : scanner.attributes()) {
        out += ' ' + std::string(attribute.name) + "=\"";
        attribute.value.append_to(out);
        out += '"';
      }
      out += '>';
    }
  }
  if (used != nullptr) *used = scanner;
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(xml_scanner)

BOOST_AUTO_TEST_CASE(reads_what_xml_has) {
  struct Row {
    std::string_view document, events;
  };
  const Row rows[] = {
      {"<a/>", "<a></a>"},
      {"<a></a>", "<a></a>"},
      {"\xEF\xBB\xBF<?xml version='1.0'?>\n<a/>\n", "<a></a>"},
      {"<?xml version='1.0' encoding='UTF-8'?><a/>", "<a></a>"},
      {"<?xml version=\"1.0\" encoding=\"us-ascii\"?><a/>", "<a></a>"},
      {"<!-- - --><?p ?><!DOCTYPE a PUBLIC \"-//x>\" 'y'><a/><!----><?q?>", "<a></a>"},
      {"<a b='1' c = \"2'\" ><d /></a>", "<a b=\"1\" c=\"2'\"><d></d></a>"},
      {"<a b='&lt;&#x41;&#66;\r\n'>x</a >", "<a b=\"<AB\n\">x</a>"},
      {"<a>x &amp;&lt;&gt;&quot;&apos;&#9;&#xe9;&#x20AC;&#x10FFFF; y</a>",
       "<a>x &<>\"'\t\xC3\xA9\xE2\x82\xAC\xF4\x8F\xBF\xBF y</a>"},
      {"<a>1<!--2-->3<?four?>5</a>", "<a>135</a>"},
      {"<a><![CDATA[<&amp;]]]></a>", "<a><&amp;]</a>"},
      {"<a><![CDATA[]]]]></a>", "<a>]]</a>"},
      {"<a><![CDATA[<b>&amp;]] \r\n]]></a>", "<a><b>&amp;]] \n</a>"},
      {"<a>1\r\n2\r3\n</a>", "<a>1\n2\n3\n</a>"},
      {"<a>]]</a>", "<a>]]</a>"},
      {"<x:a-1._ \xC3\xA9='\xFF'>\xFF</x:a-1._>", "<x:a-1._ \xC3\xA9=\"\xFF\">\xFF</x:a-1._>"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.document) { BOOST_TEST(account(row.document) == row.events); }
  }
}

BOOST_AUTO_TEST_CASE(finds_each_fault_where_it_is) {
  struct Row {
    std::string_view document;
    XmlFault fault;
    std::size_t at;
  };
  const Row rows[] = {
      {"", XmlFault::truncated, 0},
      {" \n", XmlFault::truncated, 2},
      {"<!-- -->", XmlFault::truncated, 8},
      {"<a>", XmlFault::truncated, 3},
      {"<a", XmlFault::truncated, 2},
      {"<a b", XmlFault::truncated, 4},
      {"<a b='c", XmlFault::truncated, 7},
      {"<a/", XmlFault::truncated, 3},
      {"<a></a", XmlFault::truncated, 6},
      {"<a><![CDATA[x]]", XmlFault::truncated, 15},
      {"<a><![CDA", XmlFault::truncated, 9},
      {"<a>&am", XmlFault::truncated, 6},
      {"<!DOCTYPE a", XmlFault::truncated, 11},
      {"<a/><!-- -", XmlFault::truncated, 10},
      {"<?xml version='1.0'", XmlFault::truncated, 19},
      {"x", XmlFault::stray_content, 0},
      {"<a/>x", XmlFault::stray_content, 4},
      {"<a/><b/>", XmlFault::stray_content, 4},
      {"<a/><![CDATA[x]]>", XmlFault::stray_content, 4},
      {"<a/><!DOCTYPE a>", XmlFault::stray_content, 4},
      {"<a></b>", XmlFault::mismatched_tag, 3},
      {"<a><b></a></b>", XmlFault::mismatched_tag, 6},
      {"</a>", XmlFault::mismatched_tag, 0},
      {"<a></A>", XmlFault::mismatched_tag, 3},
      {"< a/>", XmlFault::bad_markup, 0},
      {"<1/>", XmlFault::bad_markup, 0},
      {"<a b='c'd='e'/>", XmlFault::bad_markup, 8},
      {"<a></a b>", XmlFault::bad_markup, 3},
      {"<a><!x></a>", XmlFault::bad_markup, 3},
      {"<!-- -- -->", XmlFault::bad_markup, 5},
      {"<? x?><a/>", XmlFault::bad_markup, 0},
      {" <?xml version='1.0'?><a/>", XmlFault::bad_markup, 1},
      {"<a><?XML ?></a>", XmlFault::bad_markup, 3},
      {"<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", XmlFault::bad_markup, 12},
      {"<a b/>", XmlFault::bad_attribute, 4},
      {"<a b=c/>", XmlFault::bad_attribute, 5},
      {"<a b='<'/>", XmlFault::bad_attribute, 6},
      {"<a b='1' b='2'/>", XmlFault::bad_attribute, 9},
      {"<a ='1'/>", XmlFault::bad_attribute, 3},
      {"<a>&e;</a>", XmlFault::bad_reference, 3},
      {"<a>&</a>", XmlFault::bad_reference, 3},
      {"<a>&amp</a>", XmlFault::bad_reference, 3},
      {"<a>&nbsp;</a>", XmlFault::bad_reference, 3},
      {"<a b='&e;'/>", XmlFault::bad_reference, 6},
      {"<a>&#0;</a>", XmlFault::bad_reference, 3},
      {"<a>&#x1F;</a>", XmlFault::bad_reference, 3},
      {"<a>&#xD800;</a>", XmlFault::bad_reference, 3},
      {"<a>&#xFFFE;</a>", XmlFault::bad_reference, 3},
      {"<a>&#x110000;</a>", XmlFault::bad_reference, 3},
      {"<a>&#99999999999;</a>", XmlFault::bad_reference, 3},
      {"<a>&#;</a>", XmlFault::bad_reference, 3},
      {"<a>&#xG;</a>", XmlFault::bad_reference, 3},
      {"<a>x]]></a>", XmlFault::bad_character, 4},
      {"<a>\x01</a>", XmlFault::bad_character, 3},
      {"<a b='\x1F'/>", XmlFault::bad_character, 6},
      {"<a><![CDATA[\x0B]]></a>", XmlFault::bad_character, 12},
      {"<?xml version='1.0' encoding='ISO-8859-1'?><a/>", XmlFault::bad_encoding, 20},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.document) {
      XmlScanner scanner("");
      account(row.document, &scanner);
      BOOST_TEST(scanner.fault() == row.fault);
      BOOST_TEST(scanner.at() == row.at);
      BOOST_TEST((scanner.next() == XmlEvent::fault));  // and stays so
    }
  }
}

BOOST_AUTO_TEST_CASE(every_cut_is_seen_as_one) {
  const std::string_view document =
      "\xEF\xBB\xBF<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE a PUBLIC \"b\">\n<!-- c -->"
      "<a b='&amp;' c=\"d\"><e/>f&#65;<![CDATA[g]]><!-- h --><?i j?></a>";
  for (std::size_t size = 0; size < document.size(); ++size) {
    BOOST_TEST_CONTEXT(size) {
      XmlScanner scanner("");
      account(document.substr(0, size), &scanner);
      // A cut within the byte order mark leaves bytes that are none.
      BOOST_TEST(scanner.fault() ==
                 (size == 1 || size == 2 ? XmlFault::stray_content : XmlFault::truncated));
    }
  }
  BOOST_TEST(account(document) == "<a b=\"&\" c=\"d\"><e></e>fAg</a>");
}

BOOST_AUTO_TEST_SUITE_END()
