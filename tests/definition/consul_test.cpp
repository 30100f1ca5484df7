// Tests of the reader of Consul's service definitions.
// SPDX-License-Identifier: Apache-2.0
#include "definition_printing.hpp"
#include "srvwarden/definition.hpp"

namespace srvwarden {
namespace {

Definition read(std::string_view text) {
  return read_definition("x.hcl", text, DefinitionFormat::consul);
}

bool is_consul(std::string_view path, std::string_view text) {
  return find_definition_format(path, text) == DefinitionFormat::consul;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(consul)

BOOST_AUTO_TEST_CASE(finds_services) {
  struct Row {
    std::string_view file;
    std::vector<std::string> texts;
  };
  const Row rows[] = {
      {"service { name = \"web\" port = 80 }", {"web"}},
      {"service {\n id = \"w1\"\n name = \"web\"\n connect { sidecar_service {} }\n}\n", {"web"}},
      {"services { name = \"a\" }\nservices { name = \"b\" }", {"a", "b"}},
      {"services = [{ name = \"a\" }, { name = \"b\" }]", {"a", "b"}},
      {"{\"service\": {\"name\": \"web\", \"port\": 80}}", {"web"}},
      {"{\"services\": [{\"name\": \"a\"}, {\"Name\": \"b\"}, {\"id\": \"c\"}]}", {"a", "b"}},
      {"service { name = \"{{ name }}\" }", {}},
      {"service { name = 5 }", {}},
      {"service = \"web\"", {}},
      {"service \"web\" { name = \"x\" }", {}},
      {"other { service { name = \"x\" } }", {}},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.file) {
      BOOST_TEST(texts(read(row.file)) == row.texts, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(is_told_from_its_content) {
  BOOST_TEST(is_consul("web.hcl", "service { name = \"web\" port = 80 }"));
  BOOST_TEST(is_consul("web.json", "{\"service\": {\"Name\": \"web\", \"Tags\": []}}"));
  BOOST_TEST(is_consul("a.json",
                       "{\"services\": [{\"name\": \"web\", \"enableTagOverride\": true, "
                       "\"checks\": []}]}"));
}

BOOST_AUTO_TEST_CASE(does_not_claim_the_files_of_others) {
  struct Row {
    std::string_view path;
    std::string_view text;
  };
  const Row rows[] = {
      {"package.json", "{\"name\": \"x\", \"scripts\": {\"service\": \"x\"}}"},
      {"a.json", "{\"services\": {\"web\": {\"image\": \"nginx\", \"ports\": [\"80\"]}}}"},
      {"a.json", "{\"services\": [{\"name\": \"a\"}]}"},
      {"a.json", "{\"services\": [{\"name\": \"a\", \"port\": 1, \"url\": \"x\"}]}"},
      {"a.json", "{\"services\": [{\"name\": \"a\", \"port\": 1}, {\"colour\": 1}]}"},
      {"a.json", "{\"services\": []}"},
      {"a.json", "{\"services\": [\"a\"]}"},
      {"a.json", "[{\"service\": {\"name\": \"a\", \"port\": 1}}]"},
      {"main.tf", "service { name = \"web\" port = 80 }"},
      {"a.hcl", "resource \"x\" \"y\" { service { name = \"a\" port = 1 } }"},
      {"terragrunt.hcl", "inputs = { service = { name = \"a\", port = 1 } }"},
      {"a.pkr.hcl", "service \"web\" { name = \"web\" port = 80 }"},
      {"a.hcl", "service = \"web\""},
      {"a.json", ""},
      {"a.json", "service"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.text) { BOOST_TEST(!is_consul(row.path, row.text)); }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace srvwarden
