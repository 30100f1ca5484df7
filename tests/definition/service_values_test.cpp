// ServiceValues: judged as a file would be, and written as one that reads back the same.
// SPDX-License-Identifier: Apache-2.0
#include "definition/service_values.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "rules/check_definition.hpp"

namespace {

using namespace srvwarden;

ServiceValues plain() {
  ServiceValues values;
  values.instance = "Lobby <&> \"printer\" ]]> %d";
  values.type = "_ipp._tcp";
  values.port = "631";
  values.txt = {"txtvers=1", "note=a<b>&c", "flag"};
  values.subtypes = {"_printer", "_whole._sub._ipp._tcp"};
  values.domain = "local";
  values.host = "h.local";
  return values;
}

std::vector<std::string> strings_of(const std::vector<DefinitionText>& texts) {
  std::vector<std::string> strings;
  for (const DefinitionText& text : texts) strings.push_back(text.value);
  return strings;
}

bool has_error(const ServiceValues& values) {
  for (const Finding& finding : check_definition(definition_of(values).definition, {})) {
    if (finding.severity == Severity::error) return true;
  }
  return false;
}

}  // namespace

BOOST_AUTO_TEST_CASE(values_read_back_from_their_file) {
  ServiceValues values = plain();
  values.txt.push_back("raw=\xff\r\n\x01");
  const Definition file = read_definition("a.service", avahi_file_of(values));
  for (const Problem& problem : file.problems) BOOST_ERROR(problem.detail);
  const Definition made = definition_of(values).definition;
  BOOST_TEST(file.instance.value == values.instance);
  BOOST_TEST(!file.replace_wildcards);
  BOOST_TEST_REQUIRE(file.services.size() == 1U);
  const ServiceDefinition& service = file.services[0];
  BOOST_TEST(service.type.value == values.type);
  BOOST_TEST(service.port.value == values.port);
  BOOST_TEST(service.domain.value == values.domain);
  BOOST_TEST(service.host.value == values.host);
  BOOST_TEST((strings_of(service.txt) == values.txt));
  BOOST_TEST((strings_of(service.subtypes) == strings_of(made.services[0].subtypes)));
}

BOOST_AUTO_TEST_CASE(values_that_no_file_holds) {
  for (const char* text : {"a\x01", "a\xff", "a\r"}) {
    ServiceValues values = plain();
    values.instance = text;
    BOOST_TEST(avahi_file_of(values) == "");
    values = plain();
    values.txt = {text};
    BOOST_TEST(avahi_file_of(values) == "");
    values.txt = {std::string("k=") + text};
    BOOST_TEST(avahi_file_of(values) != "");
  }
}

BOOST_AUTO_TEST_CASE(values_are_judged_where_they_stand) {
  BOOST_TEST(!has_error(plain()));
  ServiceValues values = plain();
  values.type = "_a--b._tcp";
  const ValuesDefinition made = definition_of(values);
  bool found = false;
  for (const Finding& finding : check_definition(made.definition, {})) {
    if (finding.rule->id != "SN006") continue;
    found = true;
    BOOST_TEST(made.text.substr(finding.at.offset, finding.at.length) == "--");
  }
  BOOST_TEST(found);
  for (const char* port : {"", "65536", "80abc", "-1"}) {
    values = plain();
    values.port = port;
    BOOST_TEST(has_error(values), port);
  }
  for (const std::string& instance : {std::string(), std::string(64, 'a'), std::string("a\x01")}) {
    values = plain();
    values.instance = instance;
    BOOST_TEST(has_error(values), instance);
  }
  values = plain();
  values.instance = std::string(63, 'a');
  BOOST_TEST(!has_error(values));
  values.txt = {"=x"};
  BOOST_TEST(has_error(values));
  values.txt = {std::string(256, 'a')};
  BOOST_TEST(has_error(values));
}
