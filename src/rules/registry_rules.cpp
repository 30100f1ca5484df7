// RG001-RG004, RG014, ST006, SN011: what IANA's registry says of a service name.
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "core/concat.hpp"
#include "rules/subjects.hpp"
#include "rules/underscored.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/registry.hpp"

namespace srvwarden::rules {
namespace {

bool is_udp(const RegistryName& subject) { return ascii::equal(subject.transport, "_udp"); }

/// The name as its reader would write it: "_ipp._tcp", or "ipp" where no transport was given.
std::string written(const RegistryName& subject, std::string_view name) {
  if (subject.transport.empty()) return std::string(name);
  return concat({"_", name, ".", subject.transport});
}

Span whole(const RegistryName& subject) { return {0, subject.name.size()}; }

std::string titled(const RegistryName& subject, std::string_view name, std::string_view title) {
  std::string out = concat({"`", written(subject, name), "`"});
  if (!title.empty()) out.append(" (").append(title).append(")");
  return out;
}

void check_registered(const RegistryName& subject, Report& report) {
  if (subject.standing.registered) return;
  if (std::string help = underscored_help(concat({"_", subject.name})); !help.empty()) {
    return report(whole(subject), {.help = std::move(help)});
  }
  const auto& [near, by_title] = subject.near.of(subject.registry, subject.name);
  Note note;
  for (const Suggestion& s : near) {
    note.help += note.help.empty() ? (by_title ? "Related: " : "Did you mean ") : ", ";
    note.help += titled(subject, s.name, s.title);
  }
  if (!note.help.empty()) note.help += by_title ? "." : "?";
  if (!by_title && !near.empty()) note.suggestion = near.front().name;
  report(whole(subject), std::move(note));
}

void check_transport(const RegistryName& subject, Report& report) {
  if (subject.transport.empty()) return;
  const NameStanding& standing = subject.standing;
  const bool udp = is_udp(subject);
  if (!standing.registered || (udp ? standing.for_udp : standing.for_tcp)) return;
  const RegistryName swapped{subject.name, udp ? "_tcp" : "_udp", subject.registry, standing,
                             subject.near};
  report(whole(subject),
         {.help = concat({"Write ",
                          titled(swapped, standing.name, subject.registry.title(standing.name)),
                          "."})});
}

void check_alias(const RegistryName& subject, Report& report) {
  const NameStanding& standing = subject.standing;
  if (standing.replacement.empty()) return;
  const std::string_view title = subject.registry.title(standing.replacement);
  report(whole(subject),
         {.suggestion = std::string(standing.replacement),
          .help = concat({"Use ", titled(subject, standing.replacement, title), "."})});
}

void check_version_suffix(const RegistryName& subject, Report& report) {
  const std::size_t digits = subject.name.find_last_not_of("0123456789") + 1;
  if (digits == 0 || digits == subject.name.size()) return;
  const std::size_t v = digits - 1;
  if (ascii::fold(subject.name[v]) != 'v' || v == 0) return;
  if (!subject.standing.registered) report({v, subject.name.size() - v});
}

constexpr Rule<RegistryName> rows[] = {
    {{
         .id = "RG001",
         .name = "service-name-not-registered",
         .severity = Severity::warning,
         .references = {{6335, "5.2"}},
         .message = "service name is not registered with IANA",
         .help = "Register it (RFC 6335 §8.1): it is free, and keeps others off the name.",
         .bad = {{"_acme-widget._tcp", " ^^^^^^^^^^^"}, {"_htpp._tcp", " ^^^^"}},
         .good = {{"_http._tcp"}, {"_HTTP._tcp"}},
         .why = "Another project may use, or register, the same name for something else.",
     },
     check_registered},
    {{
         .id = "RG002",
         .name = "service-name-other-transport",
         .severity = Severity::warning,
         .references = {{6335, "7.2"}, {6763, "7"}},
         .message = "service name is registered for another transport only",
         .help = "Use the transport label of the registration.",
         .bad = {{"_login._udp", " ^^^^^"}, {"_s1-control._tcp", " ^^^^^^^^^^"}},
         .good = {{"_s1-control._udp"}, {"_raop._tcp"}},
         .why = "Clients of the registered service browse under the other label and do not find "
                "this one.",
     },
     check_transport},
    {{
         .id = "RG003",
         .name = "service-name-alias",
         .severity = Severity::warning,
         .references = {{6335, "5"}, {6335, "10.1"}},
         .message = "service name is an alias of another",
         .help = "Use the primary name.",
         .bad = {{"_www._tcp", " ^^^"}},
         .good = {{"_http._tcp"}, {"_gds-db._tcp"}},
         .why = "Clients browse for the primary name alone.",
     },
     check_alias},
    {{
         .id = "RG004",
         .name = "service-name-special",
         .severity = Severity::info,
         .references = {{0, "IANA service name registry"}},
         .message = "registered for a special purpose, not as a service type",
         .help = "Nothing is to be browsed or connected to under this name.",
         .bad = {{"_device-info._tcp", " ^^^^^^^^^^^"}},
         .good = {{"_http._tcp"}},
         .why = "Clients of that name expect what it was set aside for.",
     },
     [](const RegistryName& subject, Report& report) {
       if (subject.standing.not_a_service) report(whole(subject));
     }},
    {{
         .id = "RG014",
         .name = "service-name-experimental",
         .severity = Severity::warning,
         .references = {{6335, "10.2"}, {7605, "7.7"}},
         .message = "name is for experiments only",
         .help = "Register a name of your own before you ship.",
         .bad = {{"_exp1._tcp", " ^^^^"}, {"_EXP2._udp", " ^^^^"}},
         .good = {{"_http._tcp"}},
         .why = "Experiments of others use the same name.",
     },
     [](const RegistryName& subject, Report& report) {
       if (is_experimental_name(subject.name)) report(whole(subject));
     }},
    {{
         .id = "ST006",
         .name = "service-name-case",
         .severity = Severity::info,
         .references = {{6335, "5.1"}, {6763, "7"}},
         .message = "case differs from the registered spelling",
         .help = "Case has no meaning in names; the registered spelling is easier to find.",
         .advice = true,
         .bad = {{"_HTTP._tcp", " ^^^^"}, {"_ethernet-ip-1._tcp", " ^^^^^^^^^^^^^"}},
         .good = {{"_http._tcp"}, {"_EtherNet-IP-1._tcp"}},
         .why =
             "Both spellings are one name, and a search for the registered one misses the other.",
     },
     [](const RegistryName& subject, Report& report) {
       const NameStanding& standing = subject.standing;
       if (!standing.registered || standing.name == subject.name) return;
       report(whole(subject), {.suggestion = std::string(standing.name)});
     }},
    {{
         .id = "SN011",
         .name = "service-name-version",
         .severity = Severity::info,
         .references = {{7605, "7.5"}},
         .message = "service name ends in a version number",
         .help = "Tell versions apart within the protocol, or with the TXT key protovers.",
         .advice = true,
         .examples_as = Kind::service_name,
         .bad = {{"acme-widgets-v2", "             ^^"}, {"acmev3", "    ^^"}},
         .good = {{"mqtt"}, {"acme"}, {"v2"}},
         .why = "Clients of the next version will have to browse for two names.",
     },
     check_version_suffix},
};

}  // namespace

Table<RegistryName> registry_name_rules() { return rows; }

}  // namespace srvwarden::rules
