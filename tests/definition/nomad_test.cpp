// Tests of the reader of Nomad's job files, and of HCL as a whole.
// SPDX-License-Identifier: Apache-2.0
#include "definition_printing.hpp"
#include "srvwarden/definition.hpp"

namespace srvwarden {
namespace {

using enum ProblemCode;

Definition read(std::string_view text) {
  return read_definition("x.nomad", text, DefinitionFormat::nomad);
}

std::string repeated(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(nomad)

BOOST_AUTO_TEST_CASE(finds_services_and_ports) {
  struct Row {
    std::string_view file;
    std::vector<std::string> texts;
  };
  const Row rows[] = {
      {"job \"j\" { group \"g\" { service { name = \"web\" port = \"http\" } } }", {"web"}},
      {"job \"j\" {\n group \"g\" {\n task \"t\" {\n service {\n name = \"web\"\n }\n }\n }\n}\n",
       {"web"}},
      {"service { name = \"a\" }\nservice { name = \"b\" }", {"a", "b"}},
      {"services = [{ name = \"a\" }, { name = \"b\" }]", {"a", "b"}},
      {"network { mode = \"bridge\"\n port \"http\" { to = 80 }\n port \"db\" {} }",
       {"http", "db"}},
      {"service { name = \"${NOMAD_JOB_NAME}-web\" }", {}},
      {"service { name = \"[[ .name ]]\" }", {}},
      {"service { name = var.name }", {}},
      {"service { name = \"a\" == \"b\" ? \"c\" : \"d\" }", {}},
      {"service { name = format(\"%s\", \"}\") }\nservice { name = \"a\" }", {"a"}},
      {"service { port = 80 }", {}},
      {"config { service = { name = \"a\" } }\nmeta { service { name = \"b\" } }", {}},
      {"template { data = <<EOF\nservice { name = \"a\" }\nEOF\n}\nservice { name = \"b\" }",
       {"b"}},
      {"a = <<-E\n x\n  E\nservice { name = \"b\" }", {"b"}},
      {"# service { name = \"a\" }\n// x {\n/* { */ service { name = \"b\" }", {"b"}},
      {"a = [for x in var.y : {\n b = x\n}]\nc = { for k, v in x : k => v }\nservice { name = "
       "\"b\" }",
       {"b"}},
      {"a = (1 +\n 2)\nservice { check { name = \"x y\" } name = \"b\" }", {"b"}},
      {"a = \"${foo(\"}\\\"\", {b = 1})}\"\nservice { name = \"b\" }", {"b"}},
      {"\"a\" = 1, (b) = 2\nservice = { \"name\" : \"b\" }", {"b"}},
      {"{\"Job\": {\"TaskGroups\": [{\"Networks\": [{\"DynamicPorts\": [{\"Label\": \"http\"}], "
       "\"ReservedPorts\": [{\"Label\": \"db\"}]}], \"Services\": [{\"Name\": \"web\"}]}]}}",
       {"http", "db", "web"}},
      {"{\"job\": {\"j\": {\"group\": {\"g\": {\"service\": [{\"name\": \"web\"}]}}}}}", {"web"}},
      {"{\"a\": \"${\", \"b\": [1, -2.5e3, true, null, {}], \"service\": {\"name\": \"c\"}}",
       {"c"}},
      {"", {}},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.file) {
      const Definition got = read(row.file);
      BOOST_TEST(got.problems.size() == 0U);
      BOOST_TEST(texts(got) == row.texts, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(knows_places) {
  const std::string file = "\xEF\xBB\xBFservice {\r\n  name = \"my_app\"\r\n}\r\n";
  const Definition got = read(file);
  BOOST_TEST_REQUIRE(got.values.size() == 1U);
  BOOST_TEST(got.values[0].text.at == (Place{file.find("my_app"), 2, 11}));
  BOOST_TEST(got.values[0].text.verbatim);
}

BOOST_AUTO_TEST_CASE(reads_escapes) {
  struct Row {
    std::string_view written;
    std::string_view hcl;
    std::string_view json;
  };
  const Row rows[] = {
      {R"(a\"b)", "a\"b", "a\"b"},
      {R"(a\\b)", "a\\b", "a\\b"},
      {R"(\u0061pp)", "app", "app"},
      {R"(\u00E9)", "\u00E9", "\u00E9"},
      {R"(\uFFFD)", "\uFFFD", "\uFFFD"},
      {R"(\ud83D\uDe00)", "\U0001F600", "\U0001F600"},
      {R"(\U0001F600)", "\U0001F600", R"(\U0001F600)"},
      {R"(\U0010FFFF)", "\U0010FFFF", R"(\U0010FFFF)"},
      {R"(\U00110000)", R"(\U00110000)", R"(\U00110000)"},
      {R"(\UFFFFFFFF)", R"(\UFFFFFFFF)", R"(\UFFFFFFFF)"},
      // Half a pair, two first halves, two second ones: no code points.
      {R"(\uD83D)", R"(\uD83D)", R"(\uD83D)"},
      {R"(\uD83D\u0041)", R"(\uD83DA)", R"(\uD83DA)"},
      {R"(\uDE00\uD83D)", R"(\uDE00\uD83D)", R"(\uDE00\uD83D)"},
      {R"(\u006)", R"(\u006)", R"(\u006)"},
      {R"(\u00g1)", R"(\u00g1)", R"(\u00g1)"},
      {R"(\q)", R"(\q)", R"(\q)"},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.written) {
      const std::string quoted = '"' + std::string(row.written) + '"';
      const Definition hcl = read("service { name = " + quoted + " }");
      const Definition json = read("{\"service\": {\"name\": " + quoted + "}}");
      BOOST_TEST_REQUIRE(hcl.values.size() == 1U);
      BOOST_TEST_REQUIRE(json.values.size() == 1U);
      BOOST_TEST(hcl.values[0].text.value == row.hcl);
      BOOST_TEST(json.values[0].text.value == row.json);
    }
  }
}

BOOST_AUTO_TEST_CASE(ports_of_one_network_must_differ) {
  const Definition got =
      read("network { port \"a\" {}\n port \"b\" {} }\nnetwork { port \"a\" {} }");
  BOOST_TEST_REQUIRE(got.values.size() == 3U);
  BOOST_TEST(got.values[0].group == got.values[1].group);
  BOOST_TEST(got.values[0].group != got.values[2].group);
}

BOOST_AUTO_TEST_CASE(tells_what_is_wrong_and_where) {
  struct Row {
    std::string file;
    ProblemCode code;
    std::size_t offset;
  };
  const Row rows[] = {
      {"a", syntax, 1},
      {"a b", syntax, 3},
      {"a {", syntax, 2},
      {"a {}}", syntax, 4},
      {"a = ", syntax, 4},
      {"a = \"b", syntax, 4},
      {"a = \"b\n\"", syntax, 4},
      {"a = [1", syntax, 4},
      {"a = [\"1\" 2]", syntax, 9},
      {"a = (1", syntax, 4},
      {"a = \"${b\"", syntax, 5},
      {"a = <<E\nx\n", syntax, 4},
      {"/* a", syntax, 0},
      {"= 1", syntax, 0},
      {"{\"a\": 1", syntax, 0},
      {"{\"a\": 1} x", syntax, 9},
      {"{\"a\" 1}", syntax, 5},
      {"a = \"\xFF\"", bad_encoding, 5},
      {std::string("a\0", 2), bad_encoding, 1},
      {"\xFE\xFF", bad_encoding, 0},
      {"[[ range .x ]]\na = 1", template_text, 0},
      {repeated("a {", 100), too_large, 299},
      {"a = " + repeated("[", 100), too_large, 103},
      {repeated("{\"a\":", 101), too_large, 500},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.file) {
      const Definition got = read(row.file);
      BOOST_TEST_REQUIRE(got.problems.size() == 1U);
      BOOST_TEST(got.problems[0].code == row.code);
      BOOST_TEST(got.problems[0].at.offset == row.offset);
    }
  }
  BOOST_TEST(read(repeated("a {", 99) + repeated("}", 99)).problems.size() == 0U);
}

BOOST_AUTO_TEST_CASE(is_told_from_its_name) {
  for (const std::string_view path : {"a.nomad", "a.nomad.hcl", "x/a.nomad.json"}) {
    BOOST_TEST((find_definition_format(path, "") == DefinitionFormat::nomad));
  }
  BOOST_TEST(!find_definition_format("a.tf", "service { name = \"a\" port = 1 }"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace srvwarden
