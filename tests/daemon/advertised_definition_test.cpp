// definition_text: what goes in comes out of the reader.
// SPDX-License-Identifier: Apache-2.0
#include "advertised_definition.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "rules/check_definition.hpp"
#include "srvwarden/definition.hpp"

using namespace srvwarden;
using namespace srvwarden::daemon;

namespace {

Definition read(const Advertisement& advertisement) {
  return read_definition("client", definition_text(advertisement), DefinitionFormat::avahi_service);
}

bool has_errors(const Advertisement& advertisement) {
  for (const Finding& finding : check_definition(read(advertisement), {})) {
    if (finding.severity == Severity::error) return true;
  }
  return false;
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_advertisement_is_a_definition) {
  const std::string octets("\0\x01\xFF<&>\"", 7);
  const Advertisement whole{
      1,       "R&D <1> \"x\"", "_ipp._tcp", 631, {"a=" + octets, "key", "empty="}, {"_printer"},
      "local", "printer.local"};
  const Definition got = read(whole);
  BOOST_TEST(got.instance.value == whole.instance);
  BOOST_TEST_REQUIRE(got.services.size() == 1U);
  const ServiceDefinition& service = got.services[0];
  BOOST_TEST(service.type.value == "_ipp._tcp");
  BOOST_TEST(service.port.value == "631");
  BOOST_TEST(service.domain.value == "local");
  BOOST_TEST(service.host.value == "printer.local");
  BOOST_TEST_REQUIRE(service.subtypes.size() == 1U);
  BOOST_TEST(service.subtypes[0].value == "_printer._sub._ipp._tcp");
  std::vector<std::string> txt;
  for (const DefinitionText& string : service.txt) txt.push_back(string.value);
  BOOST_TEST(txt == whole.txt, boost::test_tools::per_element());
  BOOST_TEST(!has_errors(whole));
}

BOOST_AUTO_TEST_CASE(hostile_advertisements_are_refused) {
  const Advertisement good{1, "A", "_ipp._tcp", 631, {}, {}, "", ""};
  BOOST_TEST(!has_errors(good));
  for (const std::string& instance :
       {std::string(), std::string(64, 'x'), std::string("a\nb"), std::string("a\0b", 3),
        std::string("\xFF"), std::string("</name><name>x")}) {
    BOOST_TEST_CONTEXT(instance) {
      Advertisement one = good;
      one.instance = instance;
      const Definition got = read(one);
      BOOST_TEST(got.services.size() <= 1U);
      const bool harmless = got.instance.value == instance;  // the last one: a name like another
      BOOST_TEST((harmless || has_errors(one)));
    }
  }
  Advertisement type = good;
  type.type = "_ipp._tcp</type><type>_http._tcp";
  BOOST_TEST(has_errors(type));
  Advertisement txt = good;
  txt.txt = {"=x"};
  BOOST_TEST(has_errors(txt));
}
