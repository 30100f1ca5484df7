// Tests of the reader of Kubernetes' and Compose's YAML.
// SPDX-License-Identifier: Apache-2.0
#include "definition_printing.hpp"
#include "srvwarden/definition.hpp"

namespace srvwarden {
namespace {

using enum ProblemCode;

Definition read(std::string_view text) {
  return read_definition("x.yaml", text, DefinitionFormat::kubernetes);
}

std::string pod(std::string_view spec) {
  return "apiVersion: v1\nkind: Pod\nspec: " + std::string(spec) + "\n";
}

std::string service(std::string_view ports) {
  return "apiVersion: v1\nkind: Service\nspec: {ports: " + std::string(ports) + "}\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kubernetes)

BOOST_AUTO_TEST_CASE(finds_every_name_of_a_port) {
  struct Row {
    std::string file;
    std::vector<std::string> texts;
  };
  const std::string ingress =
      "apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec: {rules: [{http: {paths: [{backend: "
      "{service: {name: web, port: {name: http}}}}]}}]}\n";
  const std::string policy =
      "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec: {ingress: [{ports: [{port: "
      "http, protocol: TCP}, {port: 80}]}]}\n";
  const Row rows[] = {
      {pod("{containers: [{ports: [{name: a}, {containerPort: 1}, {name: b}]}]}"), {"a", "b"}},
      {pod("{initContainers: [{ports: [{name: a}]}]}"), {"a"}},
      {pod("{ephemeralContainers: [{ports: [{name: a}]}]}"), {"a"}},
      {pod("{jobTemplate: {spec: {template: {spec: {containers: [{ports: [{name: a}]}]}}}}}"),
       {"a"}},
      {pod("{containers: [{livenessProbe: {httpGet: {port: a}}, readinessProbe: {tcpSocket: {port: "
           "b}}, startupProbe: {httpGet: {port: 80}}, lifecycle: {preStop: {httpGet: {port: "
           "c}}}}]}"),
       {"a", "b", "c"}},
      {service("[{name: a, targetPort: b, appProtocol: http}]"), {"a", "b", "http"}},
      {service("[{name: a, targetPort: \"80\", port: 80}]"), {"a", "80"}},  // a string: refused
      {service("[{name: a, targetPort: 80}]"), {"a"}},
      {ingress, {"http"}},
      {policy, {"http", "TCP"}},
      {"apiVersion: v1\nkind: List\nitems:\n- " + std::string("{apiVersion: v1, kind: Service, ") +
           "spec: {ports: [{name: a}]}}\n",
       {"a"}},
      {"apiVersion: serving.knative.dev/v1\nkind: Service\nspec: {ports: [{name: a}]}\n", {}},
      {"apiVersion: x/v1\nkind: CustomResourceDefinition\nspec: {containers: {type: array}}\n", {}},
      {"kind: Pod\nspec: {containers: [{ports: [{name: a}]}]}\n", {}},
      {"# nothing\n---\n---\n" + pod("{containers: [{ports: [{name: a}]}]}") + "---\n" +
           pod("{containers: [{ports: [{name: b}]}]}") + "...\n",
       {"a", "b"}},
      {"%YAML 1.2\n---\n" + pod("{containers: [{ports: [{name: a}]}]}"), {"a"}},
      {"services: {web: {ports: [\"80:80\", {name: a, target: 80}]}}\n", {"a"}},
      {"services: [a]\n", {}},
      {pod("{containers: [{ports: [{name: \"{{ .Values.name }}\"}, {name: $(NAME)}, {name: }]}]}"),
       {}},
      {pod("{containers: [{ports: [{name: {{ .Values.name }}}]}]}"), {}},
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
  const std::string file =
      "\xEF\xBB\xBF# one\r\napiVersion: v1\r\nkind: Pod\r\nspec:\r\n  containers:\r\n  - ports:\r\n"
      "    - name: http\r\n    - name: \"web\"\r\n    - name: \"\\x61\"\r\n    - name: !!str t\r\n";
  const Definition got = read(file);
  BOOST_TEST(got.problems.size() == 0U);
  BOOST_TEST_REQUIRE(got.values.size() == 4U);
  BOOST_TEST(got.values[0].text.at == (Place{file.find("http"), 7, 13}));
  BOOST_TEST(got.values[0].text.verbatim);
  BOOST_TEST(got.values[1].text.at == (Place{file.find("web"), 8, 14}));
  BOOST_TEST(got.values[2].text.value == "a");
  BOOST_TEST(!got.values[2].text.verbatim);
  BOOST_TEST(got.values[2].text.at.line == 9U);
  BOOST_TEST(got.values[3].text.value == "t");
  BOOST_TEST(!got.values[0].looked_up);
}

BOOST_AUTO_TEST_CASE(groups_what_must_differ) {
  const Definition got = read(
      pod("{containers: [{ports: [{name: a}, {name: b}]}, {ports: [{name: c}]}], initContainers: "
          "[{ports: [{name: d}]}, {restartPolicy: Always, ports: [{name: e}]}]}"));
  BOOST_TEST_REQUIRE(got.values.size() == 5U);
  const auto& values = got.values;
  BOOST_TEST(values[0].group == values[1].group);
  BOOST_TEST(values[0].owner == values[1].owner);
  BOOST_TEST(values[0].group == values[2].group);
  BOOST_TEST(values[0].owner != values[2].owner);
  BOOST_TEST(values[0].group != values[3].group);
  BOOST_TEST(values[0].group == values[4].group);
}

BOOST_AUTO_TEST_CASE(tells_what_is_wrong_and_where) {
  struct Row {
    std::string file;
    ProblemCode code;
    std::string_view under;
    std::uint32_t line;
  };
  std::string sequences = "\n";
  for (int i = 0; i < 2000; ++i) sequences += "- ";
  const Row rows[] = {
      {pod("["), syntax, "", 4},
      {pod("{}") + "- a\n---\n", syntax, "", 4},
      {pod("\"\n"), syntax, "", 3},
      {pod("'a"), syntax, "", 3},
      {pod("{}") + "---\nb: [\n", syntax, "", 6},
      {pod("\n\tx: 1"), syntax, "", 4},
      {pod(std::string("a\0b", 3)), bad_encoding, std::string_view("\0", 1), 3},
      {pod("\x04"), bad_encoding, "\x04", 3},
      {pod("\xFF"), bad_encoding, "\xFF", 3},
      {"\xFF\xFE" + std::string("a\0", 2), bad_encoding, "\xFF\xFE", 1},
      {pod("{containers: [{ports: [{name: [a]}]}]}"), wrong_type, "", 3},
      {service("[{name: a}, {port: 2}]"), unnamed_port, "", 3},
      {pod("{{- if .x }}\na: b\n{{- end }}"), template_text, "{{", 3},
      {"{% if x %}\n" + pod("{}"), template_text, "{%", 1},
      {pod(std::string(700, '[')), too_large, "", 4},
      {pod(std::string(200'000, '[')), too_large, "", 3},
      {pod(sequences), too_large, "", 4},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.file.substr(0, 200)) {
      const Definition got = read(row.file);
      BOOST_TEST_REQUIRE(got.problems.size() == 1U);
      BOOST_TEST(got.problems[0].code == row.code);
      BOOST_TEST(got.problems[0].at.line == row.line);
      BOOST_TEST(under(row.file, got.problems[0]) == row.under);
    }
  }
}

BOOST_AUTO_TEST_CASE(reads_json) {
  const Definition got = read(
      "{\n\t\"apiVersion\": \"v1\",\r\n\t\"kind\": \"Pod\", \"x\": \"a\\/b\\u00e9\","
      "\"spec\": {\"containers\":[\n\t\t{\"ports\":[{\"name\":\"web\"}]}]}}\n");
  BOOST_TEST(got.problems.size() == 0U);
  BOOST_TEST(texts(got) == std::vector<std::string>{"web"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_bad_document_leaves_the_others) {
  const std::string good = pod("{containers: [{ports: [{name: a}]}]}");
  const Definition got = read(good + "---\n}\n---\n" + good);
  BOOST_TEST(codes(got) == std::vector{syntax}, boost::test_tools::per_element());
  BOOST_TEST(got.values.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_template_is_told_once) {
  BOOST_TEST(codes(read("{{ if a }}\na: [\n---\n{{ if b }}\nb: [\n")) == std::vector{template_text},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(aliases_are_judged_once) {
  std::string bomb = "apiVersion: v1\nkind: Pod\na0: &a0 [{containers: [{ports: [{name: a}]}]}]\n";
  for (int i = 1; i < 30; ++i) {
    const std::string name = std::to_string(i);
    const std::string before = std::to_string(i - 1);
    bomb.append("a").append(name).append(": &a").append(name).append(" [*a").append(before);
    bomb.append(",*a").append(before).append(",*a").append(before).append("]\n");
  }
  BOOST_TEST(texts(read(bomb)) == std::vector<std::string>{"a"}, boost::test_tools::per_element());
  BOOST_TEST(read(pod("&a {containers: [*a], ports: *a, b: *a}")).problems.size() == 0U);

  const Definition shared =
      read(pod("{x: &p [{name: a}], containers: [{ports: *p}, {ports: *p}]}"));
  BOOST_TEST(texts(shared) == std::vector<std::string>{"a"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(bounds_sizes) {
  const auto documents = [](std::size_t count) {
    std::string file;
    for (std::size_t i = 0; i < count; ++i) file += "---\na\n";
    return read(file);
  };
  BOOST_TEST(documents(10'000).problems.size() == 0U);
  BOOST_TEST(codes(documents(10'001)) == std::vector{too_large}, boost::test_tools::per_element());

  const std::string head = pod("{}") + "#";
  const std::size_t most = std::size_t{4} << 20;
  BOOST_TEST(read(head + std::string(most - head.size(), 'x')).problems.size() == 0U);
  BOOST_TEST(codes(read(head + std::string(most - head.size() + 1, 'x'))) == std::vector{too_large},
             boost::test_tools::per_element());
  BOOST_TEST(read(pod(std::string(400, '[') + std::string(400, ']'))).problems.size() == 0U);
}

BOOST_AUTO_TEST_CASE(is_told_from_name_and_content) {
  const auto is_kubernetes = [](std::string_view path, std::string_view text) {
    return find_definition_format(path, text) == DefinitionFormat::kubernetes;
  };
  BOOST_TEST(is_kubernetes("a.yaml", pod("{}")));
  BOOST_TEST(is_kubernetes("a/b.yml", "---\nkind: Pod\r\napiVersion: v1\r\n"));
  BOOST_TEST(is_kubernetes("compose.yaml", ""));
  BOOST_TEST(is_kubernetes("docker-compose.prod.yml", "services:\n"));
  BOOST_TEST(!is_kubernetes("a.yaml", "kind: Pod\n"));
  BOOST_TEST(!is_kubernetes("a.yaml", "a:\n  apiVersion: v1\n  kind: Pod\n"));
  BOOST_TEST(!is_kubernetes("a.json", pod("{}")));
  BOOST_TEST(is_kubernetes("a.json", "{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}"));
  BOOST_TEST(!is_kubernetes("package.json", "{\"kind\": \"Pod\"}"));
  BOOST_TEST(!is_kubernetes("values.yaml", "ports:\n- name: a\n"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace srvwarden
