// ST004, ST005, SB002, IN004, IN015-IN017, PT009: whether a name is what it was given as.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "rules/subjects.hpp"
#include "rules/underscored.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/service_subtype.hpp"

namespace srvwarden::rules {
namespace {

std::string join(const DecodedName& labels, std::size_t first, std::size_t last) {
  std::string out;
  for (std::size_t i = first; i < last; ++i) {
    if (i > first) out += '.';
    append_presentation(out, labels[i]);
  }
  return out;
}

/// "_daap._tcp" of "_daap._http._tcp", "_http._tcp" of "_http._tcp.local", or nothing.
std::string two_labels_of(const DecodedName& labels) {
  const std::size_t count = labels.count();
  if (count < 2) return {};
  if (detail::is_transport(labels[1])) return join(labels, 0, 2);
  if (count == 3 && detail::is_transport(labels[2]))
    return join(labels, 0, 1) + '.' + join(labels, 2, 3);
  return {};
}

void check_label_count(const NameText& name, Report& report) {
  const DecodedName& labels = name.labels;
  switch (name.kind) {
    case Kind::service_type:
      if (labels.count() == 2) return;
      report(labels.all(), {.detail = std::to_string(labels.count()) +
                                      (labels.count() == 1 ? " label" : " labels"),
                            .suggestion = two_labels_of(labels),
                            .help = underscored_help(labels.count() > 0 ? labels[0] : "")});
      return;
    case Kind::browse_name:
      if (name.shape.role == NameRole::none) report(labels.all());
      return;
    case Kind::full_name:
      if (name.shape.role == NameRole::split && labels[name.shape.service - 1].starts_with('_')) {
        report(labels.span(name.shape.service - 1));
      }
      return;
    default:
      return;
  }
}

void check_dns_sd(const NameText& name, Report& report) {
  const NameRole role = name.shape.role;
  if (role == NameRole::none || role == NameRole::split || role == NameRole::enumeration) return;
  if (name.kind == Kind::service_type && name.labels.count() != 2) return;
  if (name.kind == Kind::full_name && role != NameRole::instance) return;
  if (name.kind == Kind::browse_name && role == NameRole::instance) return;
  if (name.kind == Kind::subtype && role != NameRole::subtype) return;
  const std::size_t service = name.shape.service;
  if (!ascii::equal(name.labels[service], "_dns-sd")) return;
  report(name.labels.span_of(service, service + 1));
}

void check_subtype(const NameText& name, Report& report) {
  const DecodedName& labels = name.labels;
  if (name.kind == Kind::subtype) {
    if (labels.count() == 4 && ascii::equal(labels[1], subtype_marker)) return;
    const bool lacks_marker = labels.count() == 3;
    report(labels.all(),
           {.suggestion =
                lacks_marker ? join(labels, 0, 1) + "._sub." + join(labels, 1, 3) : std::string()});
    return;
  }
  if (name.kind != Kind::browse_name) return;
  const NameRole role = name.shape.role;
  if (role != NameRole::instance && role != NameRole::split) return;
  report(labels.span_of(0, name.shape.service - 1));
}

void check_unescaped_dot(const NameText& name, Report& report) {
  const std::size_t service = name.shape.service;
  if (name.kind != Kind::full_name || name.shape.role != NameRole::split ||
      name.labels[service - 1].starts_with('_')) {
    return;
  }
  std::string instance(name.labels[0]);
  for (std::size_t i = 1; i < service; ++i) {
    instance.append(".").append(name.labels[i]);
  }
  const std::string mended =
      to_presentation(instance) + '.' + join(name.labels, service, name.labels.count());
  for (std::size_t i = 1; i < service; ++i) {
    report({name.labels.span(i).offset - 1, 1},
           report.is_first() ? Note{.suggestion = mended} : Note{});
  }
}

bool is_full_name_with(const NameText& name, NameRole role) {
  return name.kind == Kind::full_name && name.shape.role == role;
}

constexpr Rule<NameText> rows[] = {
    {{
         .id = "ST004",
         .name = "service-type-label-count",
         .severity = Severity::error,
         .references = {{6763, "4.1.2"}, {6763, "7"}},
         .message = "service type does not have exactly two labels",
         .help = "A service type is a service name and a transport, as in _http._tcp; a subtype is "
                 "written name._sub._http._tcp, and a domain belongs to full names only.",
         .bad = {{"_http", "^^^^^"},
                 {"_daap._http._tcp", "^^^^^^^^^^^^^^^^"},
                 {"_http._tcp.local", "^^^^^^^^^^^^^^^^"},
                 {""}},
         .good = {{"_daap._tcp"}, {"_http._tcp."}},
         .why = "Clients split a name by the two labels of its type; with more or fewer they find "
                "another one.",
     },
     check_label_count},
    {{
         .id = "ST005",
         .name = "dns-sd-is-no-service-type",
         .severity = Severity::error,
         .references = {{6763, "9"}, {6763, "11"}},
         .message = "_dns-sd is not a service type",
         .help = "Names below _dns-sd._udp enumerate types and domains. Choose the type of the "
                 "service itself.",
         .bad = {{"_dns-sd._udp", "^^^^^^^^^^^^"}, {"_DNS-SD._tcp", "^^^^^^^^^^^^"}},
         .good = {{"_dnssd-srp._tcp"}},
         .why = "The subtree belongs to the enumeration of types and domains.",
     },
     check_dns_sd},
    {{
         .id = "SB002",
         .name = "subtype-structure",
         .severity = Severity::error,
         .references = {{6763, "7.1"}, {6763, "7.2"}},
         .message = "not of the form <subtype>._sub.<service type>",
         .help = "One label, then _sub, then the two labels of the service type.",
         .examples_as = Kind::subtype,
         .bad = {{"_sub._http._tcp", "^^^^^^^^^^^^^^^"},
                 {"_a._b._sub._http._tcp", "^^^^^^^^^^^^^^^^^^^^^"},
                 {"_printer._http._tcp", "^^^^^^^^^^^^^^^^^^^"}},
         .good = {{"_printer._sub._http._tcp"}, {"_SUB._sub._http._tcp"}},
         .why = "The pointer stands where no client looks for it.",
     },
     check_subtype},
    {{
         .id = "IN004",
         .name = "instance-unescaped-dot",
         .severity = Severity::error,
         .references = {{6763, "4.3"}},
         .message = "unescaped dot splits the instance name into labels",
         .help = "Write a dot that belongs to the instance name as \\.",
         .examples_as = Kind::full_name,
         .bad = {{"Dr. Pepper._ipp._tcp.local.", "  ^"},
                 {"v1.2._http._tcp.local.", "  ^"},
                 {"a.b.c._http._tcp.local.", " ^ ^"}},
         .good = {{"Dr\\. Pepper._ipp._tcp.local."}, {"v1\\0462._http._tcp.local."}},
         .why = "The part before the dot becomes the instance and the rest its type: the service "
                "cannot be found.",
     },
     check_unescaped_dot},
    {{
         .id = "IN015",
         .name = "not-an-instance-name",
         .severity = Severity::error,
         .references = {{6763, "4.1"}},
         .message = "not a service instance name",
         .help = "The form is <Instance>.<Service>.<Domain>, as in Web\\.UI._http._tcp.local.",
         .examples_as = Kind::full_name,
         .bad = {{"_http._tcp.local.", "^^^^^^^^^^^^^^^^"},
                 {"Foo.local.", "^^^^^^^^^"},
                 {"Foo\\._http._tcp.local.", "^^^^^^^^^^^^^^^^^^^^^"}},
         .good = {{"Foo._http._tcp.local."}, {"_foo._http._tcp.local."}},
         .why = "Without an instance and a type there is nothing that a client could resolve.",
     },
     [](const NameText& name, Report& report) {
       if (is_full_name_with(name, NameRole::none)) {
         report(name.labels.all(), {.detail = "it has no service type"});
       }
       if (is_full_name_with(name, NameRole::browse)) {
         report(name.labels.all(), {.detail = "it has no instance"});
       }
     }},
    {{
         .id = "IN016",
         .name = "subtype-as-instance",
         .severity = Severity::error,
         .references = {{6763, "7.1"}},
         .message = "subtype browse name where an instance is meant",
         .help =
             "Subtypes own PTR records only; SRV and TXT stay at <Instance>.<Service>.<Domain>.",
         .examples_as = Kind::full_name,
         .bad = {{"_printer._sub._http._tcp.local.", "^^^^^^^^^^^^^"}},
         .good = {{"Foo._http._tcp.local."}},
         .why = "No SRV record stands at such a name, so clients that resolve it wait in vain.",
     },
     [](const NameText& name, Report& report) {
       if (is_full_name_with(name, NameRole::subtype)) report(name.labels.span_of(0, 1));
     }},
    {{
         .id = "IN017",
         .name = "reserved-name-as-instance",
         .severity = Severity::error,
         .references = {{6763, "9"}, {6763, "11"}},
         .message = "names below _dns-sd._udp are not instances",
         .help = "They enumerate types and domains. Choose the type of the service itself.",
         .examples_as = Kind::full_name,
         .bad = {{"_services._dns-sd._udp.local.", "          ^^^^^^^^^^^^"},
                 {"lb._dns-sd._udp.local.", "   ^^^^^^^^^^^^"}},
         .good = {{"_services._http._tcp.local."}},
         .why = "The subtree belongs to the enumeration of types and domains.",
     },
     [](const NameText& name, Report& report) {
       if (!is_full_name_with(name, NameRole::enumeration)) return;
       report(name.labels.span_of(name.shape.service, name.shape.service + 1));
     }},
};

}  // namespace

Table<NameText> name_structure_rules() { return rows; }

}  // namespace srvwarden::rules
