// DF017, DF036 to DF044: names of ports and services in app bundles, manifests and job files.
// SPDX-License-Identifier: Apache-2.0
#include "rules/declared_rules.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "core/concat.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/service_name.hpp"

namespace srvwarden::rules {
namespace {

constexpr Reference kubernetes{0, "Kubernetes ContainerPort"};
constexpr std::size_t max_label = 63;

bool is_label_character(char c) { return ascii::is_alphanumeric(c) || c == '-'; }

/// The first span of a text that a DNS label cannot have, with the reason; none: it is a label.
struct LabelFault {
  Span at;
  std::string reason;
};

std::optional<LabelFault> label_fault(std::string_view text) {
  if (text.empty()) return LabelFault{{0, 0}, "empty"};
  const auto bad =
      static_cast<std::size_t>(std::ranges::find_if_not(text, is_label_character) - text.begin());
  if (bad < text.size()) {
    std::size_t end = bad;
    while (end < text.size() && !is_label_character(text[end])) ++end;
    return LabelFault{{bad, end - bad}, "only letters, digits and hyphens are allowed"};
  }
  if (text.size() > max_label) {
    return LabelFault{{max_label, text.size() - max_label},
                      std::to_string(text.size()) + " characters, 63 at most"};
  }
  if (text.front() == '-') return LabelFault{{0, 1}, "begins with a hyphen"};
  if (text.back() == '-') return LabelFault{{text.size() - 1, 1}, "ends with a hyphen"};
  return {};
}

/// The text as a DNS label in lower case: other characters become hyphens. Empty where none is
/// left.
std::string mended_label(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (ascii::is_alphanumeric(c) || (c == '-' && !out.empty())) {
      out += ascii::fold(c);
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  out.resize(std::min(out.size(), max_label));
  while (out.ends_with('-')) out.pop_back();
  return out;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return ascii::fold(c); });
  return out;
}

bool is_upper(char c) { return ascii::fold(c) != c; }

void report_fault(std::string_view text, LabelFault fault, Severity severity, Report& report) {
  report(fault.at, severity,
         {.detail = std::move(fault.reason), .suggestion = mended_label(text), .help = {}});
}

void check_upper_case(const DeclaredName& name, Report& report) {
  if (name.role != DeclaredRole::port_name) return;
  for (std::size_t i = 0; i < name.text.size(); ++i) {
    if (is_upper(name.text[i])) report({i, 1}, {.suggestion = lower(name.text)});
  }
}

void check_service_port_name(const DeclaredName& name, Report& report) {
  if (name.role != DeclaredRole::service_port_name) return;
  if (auto fault = label_fault(name.text)) {
    return report_fault(name.text, std::move(*fault), Severity::error, report);
  }
  const auto upper = std::ranges::find_if(name.text, is_upper);
  if (upper == name.text.end()) return;
  report_fault(name.text,
               {{static_cast<std::size_t>(upper - name.text.begin()), 1}, "capital letters"},
               Severity::error, report);
}

/// "[domain/]name", of letters, digits, hyphens, underscores and dots, letters or digits outside.
void check_app_protocol(const DeclaredName& name, Report& report) {
  if (name.role != DeclaredRole::app_protocol) return;
  const std::size_t slash = name.text.find('/');
  const std::size_t start = slash == name.text.npos ? 0 : slash + 1;
  const std::string_view last = name.text.substr(start);
  const auto is_inner = [](char c) { return is_label_character(c) || c == '_' || c == '.'; };
  const bool right = !last.empty() && last.size() <= max_label && slash != 0 &&
                     std::ranges::all_of(last, is_inner) && ascii::is_alphanumeric(last.front()) &&
                     ascii::is_alphanumeric(last.back());
  if (!right) report({0, name.text.size()});
}

void check_app_protocol_standing(const DeclaredName& name, Report& report) {
  if (name.role != DeclaredRole::app_protocol || name.registry == nullptr) return;
  const auto parsed = ServiceName::parse(name.text);
  const bool has_domain = name.text.find('/') != name.text.npos;
  if (has_domain || (parsed && name.registry->contains(parsed->text()))) return;
  report({0, name.text.size()});
}

void check_catalogue_name(const DeclaredName& name, Report& report) {
  const bool nomad = name.role == DeclaredRole::nomad_service;
  if (!nomad && name.role != DeclaredRole::consul_service) return;
  if (auto fault = label_fault(name.text)) {
    report_fault(name.text, std::move(*fault), nomad ? Severity::error : Severity::warning, report);
  }
}

void check_catalogue_size(const DeclaredName& name, Report& report) {
  if (name.role != DeclaredRole::nomad_service && name.role != DeclaredRole::consul_service) return;
  if (label_fault(name.text) || ServiceName::parse(name.text)) return;
  const bool longer = name.text.size() > ServiceName::max_size;
  report(longer ? Span{ServiceName::max_size, name.text.size() - ServiceName::max_size}
                : Span{0, name.text.size()});
}

void check_compose_port(const DeclaredName& name, Report& report) {
  if (name.role != DeclaredRole::compose_port_name || ServiceName::parse(name.text)) return;
  report({0, name.text.size()});
}

void check_port_protocol(const DeclaredName& name, Report& report) {
  if (name.role != DeclaredRole::port_protocol) return;
  constexpr std::array<std::string_view, 3> known = {"TCP", "UDP", "SCTP"};
  if (std::ranges::find(known, name.text) != known.end()) return;
  const auto meant = std::ranges::find_if(
      known, [&](std::string_view one) { return ascii::equal(one, name.text); });
  report({0, name.text.size()}, {.suggestion = std::string(meant == known.end() ? "" : *meant)});
}

constexpr Rule<DeclaredName> name_rows[] = {
    {{
         .id = "DF036",
         .name = "port-name-capital",
         .severity = Severity::error,
         .references = {kubernetes, {6335, "5.1"}},
         .message = "Kubernetes takes no capital letters in the name of a port",
         .help = "Write it in lower case, here and wherever the port is named.",
         .bad = {{"apiVersion: v1\nkind: Pod\nspec: {containers: [{ports: [{name: Http}]}]}"}},
         .good = {{"apiVersion: v1\nkind: Pod\nspec: {containers: [{ports: [{name: http}]}]}"}},
     },
     check_upper_case},
    {{
         .id = "DF037",
         .name = "service-port-name-no-label",
         .severity = Severity::error,
         .references = {{0, "Kubernetes ServicePort"}, {1123, "2.1"}},
         .message = "the name of a Service's port is no DNS label",
         .help = "Use 1 to 63 lower-case letters, digits and hyphens, no hyphen at an end.",
         .bad = {{"apiVersion: v1\nkind: Service\nspec: {ports: [{name: my_port}]}"},
                 {"apiVersion: v1\nkind: Service\nspec: {ports: [{name: Http}]}"}},
         .good =
             {{"apiVersion: v1\nkind: Service\nspec: {ports: [{name: a-long-name-of-a-port}]}"}},
     },
     check_service_port_name},
    {{
         .id = "DF038",
         .name = "app-protocol-syntax",
         .severity = Severity::error,
         .references = {{0, "Kubernetes ServicePort"}},
         .message = "appProtocol is neither a service name nor of the form domain/name",
         .help = "Write an IANA service name such as https, or example.com/my-protocol.",
         .bad = {{"apiVersion: v1\nkind: Service\nspec: {ports: [{appProtocol: a/}]}"}},
         .good =
             {{"apiVersion: v1\nkind: Service\nspec: {ports: [{appProtocol: https}]}"},
              {"apiVersion: v1\nkind: Service\nspec: {ports: [{appProtocol: kubernetes.io/h2c}]}"}},
     },
     check_app_protocol},
    {{
         .id = "DF039",
         .name = "app-protocol-not-registered",
         .severity = Severity::info,
         .references = {{0, "Kubernetes ServicePort"}},
         .message = "appProtocol without a domain is no service name that IANA has",
         .help = "Names without a domain are IANA's: put your domain in front, as in "
                 "example.com/my-protocol, unless your mesh or gateway knows the short name.",
         .advice = true,
         .no_example = "needs the registry",
     },
     check_app_protocol_standing},
    {{
         .id = "DF040",
         .name = "catalogue-name-no-label",
         .severity = Severity::warning,
         .references = {{1123, "2.1"},
                        {0, "Consul service definition"},
                        {0, "Nomad service block"}},
         .message = "the service's name is no DNS label",
         .help = "Use 1 to 63 letters, digits and hyphens, no hyphen at an end. Nomad refuses the "
                 "job; Consul's DNS does not answer for the name.",
         .bad = {{"job \"j\" { group \"g\" { service { name = \"my_app\" } } }",
                  "                                          ^"},
                 {"service { name = \"my_app\" port = 80 }", "                    ^"}},
         .good = {{"job \"j\" { group \"g\" { service { name = \"my-app\" } } }"},
                  {"service { name = \"my-app\" port = 80 }"}},
     },
     check_catalogue_name},
    {{
         .id = "DF041",
         .name = "catalogue-name-no-service-name",
         .severity = Severity::info,
         .references = {{6335, "5.1"}, {0, "Consul DNS interface"}},
         .message = "the service's name is longer or looser than a service name may be",
         .help = "Nothing to do, unless clients ask for it as _name._tcp: a service name has at "
                 "most 15 letters, digits and single hyphens, and one letter.",
         .advice = true,
         .bad = {{"service { name = \"a-name-too-long-x\" port = 80 }"}},
         .good = {{"service { name = \"a-name-not-long\" port = 80 }"}},
     },
     check_catalogue_size},
    {{
         .id = "DF042",
         .name = "compose-port-name-no-service-name",
         .severity = Severity::info,
         .references = {{6335, "5.1"}, {0, "Compose specification"}},
         .message = "the name of the port is no service name",
         .help = "Compose takes any text. Kubernetes does not: use at most 15 letters, digits and "
                 "single hyphens if the file may be converted.",
         .advice = true,
         .bad = {{"services: {web: {ports: [{name: my_port}]}}"}},
         .good = {{"services: {web: {ports: [{name: web-secured}]}}"}},
     },
     check_compose_port},
    {{
         .id = "DF044",
         .name = "port-protocol-unknown",
         .severity = Severity::error,
         .references = {kubernetes, {0, "Kubernetes ServicePort"}},
         .message = "Kubernetes does not have this protocol of a port",
         .help = "It is TCP, UDP or SCTP, in capitals; without it, TCP.",
         .bad = {{"apiVersion: v1\nkind: Service\nspec: {ports: [{port: 1, protocol: tcp}]}",
                  "                                                                ^^^"},
                 {"apiVersion: v1\nkind: Service\nspec: {ports: [{port: 1, protocol: QUIC}]}"}},
         .good = {{"apiVersion: v1\nkind: Service\nspec: {ports: [{port: 1, protocol: SCTP}]}"}},
     },
     check_port_protocol},
};

Severity severity_of(const DeclaredAgain& again) {
  const DeclaredRole role = again.value.role;
  const bool refused = role == DeclaredRole::port_name || role == DeclaredRole::nomad_port ||
                       role == DeclaredRole::service_port_name;
  return refused && again.value.owner == again.first->owner ? Severity::error : Severity::warning;
}

constexpr Rule<DeclaredAgain> again_rows[] = {
    {{
         .id = "DF017",
         .name = "declared-value-twice",
         .severity = Severity::warning,
         .references = {kubernetes, {0, "Information Property List"}},
         .message = "declared before",
         .help = "Remove one of the two, or give it another name: only one of them can be meant.",
         .bad =
             {{"apiVersion: v1\nkind: Pod\nspec: {containers: [{ports: [{name: a}, {name: a}]}]}"}},
         .good =
             {{"apiVersion: v1\nkind: Pod\nspec: {containers: [{ports: [{name: a}, {name: b}]}]}"}},
     },
     [](const DeclaredAgain& again, Report& report) {
       if (again.first == nullptr) return;
       report({0, again.value.text.value.size()}, severity_of(again),
              {.detail = concat({"on line ", std::to_string(again.first->text.at.line)}),
               .suggestion = {},
               .help = {}});
     }},
};

constexpr Rule<BonjourType> bonjour_rows[] = {
    {{
         .id = "DF043",
         .name = "bonjour-subtype",
         .severity = Severity::info,
         .references = {{0, "Information Property List"}, {6763, "7.1"}},
         .message = "NSBonjourServices lists service types, and this is a subtype",
         .help = "List the service type itself: it is what iOS lets an app browse for.",
         .bad = {{"<plist><dict><key>NSBonjourServices</key><array><string>_ipp._tcp,_a</string>"
                  "</array><key>NSLocalNetworkUsageDescription</key><string>Finds printers."
                  "</string></dict></plist>"}},
         .good = {{"<plist><dict><key>NSBonjourServices</key><array><string>_ipp._tcp.</string>"
                   "</array><key>NSLocalNetworkUsageDescription</key><string>Finds printers."
                   "</string></dict></plist>"}},
     },
     [](const BonjourType& type, Report& report) {
       if (!type.has_subtype) return;
       const std::string_view alone = type.text.substr(type.type.offset, type.type.length);
       report({0, type.text.size()}, {.suggestion = std::string(alone)});
     }},
};

/// Whether a label is "_tcp" or "_udp".
bool is_transport(std::string_view label) {
  return ascii::equal(label, "_tcp") || ascii::equal(label, "_udp");
}

}  // namespace

BonjourType split_bonjour_type(std::string_view text) {
  const std::size_t comma = text.find(',');
  std::string_view names = text.substr(0, comma);
  if (names.ends_with('.')) names.remove_suffix(1);
  BonjourType result{text, {0, text.size()}, false, ascii::equal(names, "_services._dns-sd._udp")};
  const std::size_t dot = names.rfind('.');
  if (dot == names.npos || !is_transport(names.substr(dot + 1))) return result;
  const std::size_t before = names.substr(0, dot).rfind('.');
  const std::size_t start = before == names.npos ? 0 : before + 1;
  const bool sub = start > 5 && ascii::equal(names.substr(start - 6, 6), "._sub.");
  result.type = {start, names.size() - start};
  result.has_subtype = sub || comma != text.npos;
  return result;
}

Table<DeclaredName> declared_name_rules() { return name_rows; }
Table<DeclaredAgain> declared_again_rules() { return again_rows; }
Table<BonjourType> bonjour_type_rules() { return bonjour_rows; }

}  // namespace srvwarden::rules
