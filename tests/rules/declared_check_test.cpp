// Tests of the rules about names that app bundles, manifests and job files declare.
// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <string>

#include "core/concat.hpp"
#include "rules/check_definition.hpp"
#include "srvwarden/registry.hpp"

using namespace srvwarden;

namespace {

/// "error SN002 `_abcdefghijklmnop`; " for each finding, in order.
std::string told(std::string_view path, std::string_view file, const CheckOptions& options = {}) {
  std::string out;
  const auto format = find_definition_format(path, file);
  BOOST_TEST_REQUIRE(format.has_value());
  for (const Finding& finding : check_definition(read_definition(path, file, *format), options)) {
    out += concat({name_of(finding.severity), " ", finding.rule->id, " `",
                   file.substr(finding.at.offset, finding.at.length), "`; "});
  }
  return out;
}

std::string plist(std::string_view types) {
  return concat(
      {"<plist><dict><key>NSLocalNetworkUsageDescription</key><string>x</string>"
       "<key>NSBonjourServices</key><array>",
       types, "</array></dict></plist>"});
}

std::string container(std::string_view ports) {
  return concat({"apiVersion: v1\nkind: Pod\nspec: {containers: [{ports: [", ports, "]}]}\n"});
}

std::string service(std::string_view ports) {
  return concat({"apiVersion: v1\nkind: Service\nspec: {ports: [", ports, "]}\n"});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(declared_check)

BOOST_AUTO_TEST_CASE(judges_bonjour_types) {
  struct Row {
    std::string_view type;
    std::string_view told;
  };
  const Row rows[] = {
      {"_ipp._tcp", ""},
      {"_ipp._tcp.", ""},
      {"_IPP._TCP", ""},
      {"_services._dns-sd._udp", ""},
      {"_services._dns-sd._udp.", ""},
      {"_CC1AD845._googlecast._tcp", ""},
      {"_nobody-has-it._tcp", "warning RG001 `nobody-has-it`; "},
      {"_ipp._tcp,_a", "info DF043 `_ipp._tcp,_a`; "},
      {"_a._sub._ipp._tcp", "info DF043 `_a._sub._ipp._tcp`; "},
      {"_a._sub._i--p._tcp.",
       "info DF043 `_a._sub._i--p._tcp.`; warning RG001 `i--p`; error SN006 `--`; "},
      {"ipp._tcp", "error ST001 `ipp`; "},
      {"_ipp", "error ST004 `_ipp`; "},
      {"_ipp._tcp.local", "error ST004 `_ipp._tcp.local`; "},
      {"", "error ST004 ``; "},
  };
  const CheckOptions options{.registry = &Registry::builtin()};
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.type) {
      const std::string file = plist(concat({"<string>", row.type, "</string>"}));
      BOOST_TEST(told("Info.plist", file, options) == row.told);
    }
  }
  const std::string twice =
      plist("<string>_ipp._tcp</string><string>_http._tcp</string><string>_IPP._tcp.</string>");
  BOOST_TEST(told("Info.plist", twice) == "warning DF017 `_IPP._tcp.`; ");
}

BOOST_AUTO_TEST_CASE(judges_names_of_ports) {
  struct Row {
    std::string file;
    std::string_view told;
  };
  const std::string longest(63, 'a');
  const Row rows[] = {
      {container("{name: abcdefghijklmno}"), ""},
      {container("{name: abcdefghijklmnop}"), "error SN002 `p`; "},
      {container("{name: webSocket}"), "error DF036 `S`; "},
      {container("{name: no-such-service}"), ""},  // names of ports are not looked up
      {container("{name: a}, {name: b}, {name: a}"), "error DF017 `a`; "},
      {container("{name: a}]}, {ports: [{name: a}"), "warning DF017 `a`; "},
      {container("{protocol: TCP}, {protocol: UDP}, {protocol: SCTP}"), ""},
      {container("{protocol: udp}"), "error DF044 `udp`; "},
      {service("{name: a-name-of-more-than-fifteen}"), ""},
      {service(concat({"{name: ", longest, "}"})), ""},
      {service(concat({"{name: ", longest, "b}"})), "error DF037 `b`; "},
      {service("{name: a.b}"), "error DF037 `.`; "},
      {service("{name: \"80\"}"), ""},  // a DNS label may be digits
      {service("{name: 8080-tcp}"), ""},
      {service("{name: a-}"), "error DF037 `-`; "},
      {service("{name: a}, {name: a}"), "error DF017 `a`; "},
      {service("{name: a, targetPort: \"80\"}"), "error SN004 `80`; "},
      {service("{appProtocol: example.com/a_b.c}, {appProtocol: grpc, name: b}"),
       "error DF035 ``; "},
      {service("{appProtocol: a b}"), "error DF038 `a b`; "},
      {service("{appProtocol: a/}"), "error DF038 `a/`; "},
  };
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.file) {
      BOOST_TEST(told("a.yaml", row.file, {.registry = &Registry::builtin()}) == row.told);
    }
  }
}

BOOST_AUTO_TEST_CASE(looks_app_protocols_up_for_advice) {
  const CheckOptions options{.advice = true, .registry = &Registry::builtin()};
  BOOST_TEST(told("a.yaml", service("{appProtocol: https}"), options) == "");
  BOOST_TEST(told("a.yaml", service("{appProtocol: grpc}"), options) == "info DF039 `grpc`; ");
  BOOST_TEST(told("a.yaml", service("{appProtocol: kubernetes.io/ws}"), options) == "");
}

BOOST_AUTO_TEST_CASE(judges_names_of_services_as_their_loader_does) {
  const auto nomad = [](std::string_view name) {
    return told("a.nomad", concat({"service { name = \"", name, "\" }"}));
  };
  const auto consul = [](std::string_view name) {
    return told("a.hcl", concat({"service { name = \"", name, "\" port = 1 }"}));
  };
  BOOST_TEST(nomad("a-b") == "");
  BOOST_TEST(nomad("A--b") == "");
  BOOST_TEST(nomad("a_b") == "error DF040 `_`; ");
  BOOST_TEST(nomad(std::string(63, 'a')) == "");
  BOOST_TEST(nomad(std::string(64, 'a')) == "error DF040 `a`; ");
  BOOST_TEST(consul("a_b") == "warning DF040 `_`; ");
  BOOST_TEST(consul("") == "warning DF040 ``; ");
  BOOST_TEST(consul(std::string(63, 'a')) == "");
  BOOST_TEST(consul("#{name}_x") == "");
  BOOST_TEST(told("a.nomad", "network { port \"a\" {}\n port \"A\" {} }") == "");
  BOOST_TEST(told("a.nomad", "network { port \"a\" {}\n port \"a\" {} }") == "error DF017 `a`; ");
}

BOOST_AUTO_TEST_CASE(near_names_are_searched_for_500_times_a_file) {
  const auto suggestion_after = [](int others) {
    std::string text;
    for (int i = 0; i < others; ++i) text += "_zq" + std::to_string(i) + "zq._tcp\n";
    const Definition definition =
        read_definition("file", text + "_iipp._tcp\n", DefinitionFormat::list);
    return check_definition(definition, {.registry = &Registry::builtin()}).back().suggestion;
  };
  BOOST_TEST(suggestion_after(499) != "");
  BOOST_TEST(suggestion_after(500) == "");
}

BOOST_AUTO_TEST_SUITE_END()
