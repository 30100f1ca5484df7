// ST001 to ST003: the underscores and the transport of a service type. RFC 6763 §7.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "core/concat.hpp"
#include "core/trim.hpp"
#include "rules/subjects.hpp"
#include "rules/underscored.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/service_type.hpp"

namespace srvwarden::rules {
namespace {

std::string_view service_of(const ServicePairText& pair) { return pair.labels[pair.service]; }
std::string_view transport_of(const ServicePairText& pair) { return pair.labels[pair.service + 1]; }

std::string joined(std::string_view service, std::string_view transport) {
  return to_presentation(service).append(".").append(transport);
}

/// The transport that a label holds with something around it: blanks, or what follows a type in a
/// URL or a list. Empty where there is none.
std::string_view transport_within(std::string_view label) {
  label = trimmed(label);
  const std::string_view first = label.substr(0, label_of(Transport::tcp).size());
  const bool ends = first.size() == label.size() || !ascii::is_alphanumeric(label[first.size()]);
  return ends && detail::is_transport(first) ? first : std::string_view();
}

void check_transport(const ServicePairText& pair, Report& report) {
  const std::string_view transport = transport_of(pair);
  if (detail::is_transport(transport) || detail::is_bare_transport(transport)) return;
  const Span place = pair.labels.span(pair.service + 1);
  if (const std::string_view within = transport_within(transport); !within.empty()) {
    report(place,
           {.suggestion = joined(service_of(pair), within),
            .help = "Remove what stands around it: a type holds neither blanks nor a port."});
  } else if (detail::is_transport(service_of(pair)) && transport.starts_with('_')) {
    report(place, {.suggestion = joined(transport, service_of(pair)),
                   .help = "The service name comes first, then the transport."});
  } else {
    std::string help = underscored_help(service_of(pair));
    std::string suggestion = help.empty() ? joined(service_of(pair), "_udp") : std::string();
    report(place, {.suggestion = std::move(suggestion), .help = std::move(help)});
  }
}

constexpr Rule<ServicePairText> rows[] = {
    {{
         .id = "ST001",
         .name = "service-underscore-missing",
         .severity = Severity::error,
         .references = {{6335, "5.2"}, {6763, "7"}},
         .message = "service name lacks its leading underscore",
         .help = "In the DNS an underscore stands before the service name.",
         .bad = {{"http._tcp", "^^^^"}, {"ipp._udp", "^^^"}},
         .good = {{"_http._tcp"}, {"\\095http._tcp"}},
         .why = "Without the underscore the label is a host name, and no client browses there.",
     },
     [](const ServicePairText& pair, Report& report) {
       if (service_of(pair).starts_with('_')) return;
       const std::string_view bare = trimmed(service_of(pair));
       const std::string mended = bare.starts_with('_') ? std::string(bare) : concat({"_", bare});
       report(pair.labels.span(pair.service), {.suggestion = joined(mended, transport_of(pair))});
     }},
    {{
         .id = "ST002",
         .name = "transport-underscore-missing",
         .severity = Severity::error,
         .references = {{6763, "4.1.2"}, {6763, "7"}},
         .message = "transport lacks its leading underscore",
         .help = "In the DNS the transport is _tcp or _udp.",
         .bad = {{"_http.tcp", "      ^^^"}, {"_ntp.UDP", "     ^^^"}},
         .good = {{"_http._tcp"}, {"_ntp._udp"}},
         .why = "Without the underscore the label is a host name, and no client browses there.",
     },
     [](const ServicePairText& pair, Report& report) {
       if (!detail::is_bare_transport(transport_of(pair))) return;
       report(pair.labels.span(pair.service + 1),
              {.suggestion = joined(service_of(pair), concat({"_", transport_of(pair)}))});
     }},
    {{
         .id = "ST003",
         .name = "transport-unknown",
         .severity = Severity::error,
         .references = {{6763, "4.1.2"}, {6763, "7"}},
         .message = "transport is neither _tcp nor _udp",
         .help = "DNS-SD knows two transport labels: _tcp for TCP, _udp for everything else, such "
                 "as SCTP, DCCP and QUIC.",
         .bad = {{"_http._sctp", "      ^^^^^"},
                 {"_foo._quic", "     ^^^^^"},
                 {"_http._tcp\r", "      ^^^^^"},
                 {"_http._tcp:80", "      ^^^^^^^"}},
         .good = {{"_S1-Control._UDP"}, {"_http._TCP"}},
         .why = "Clients browse under _tcp and _udp alone, whatever the transport really is.",
     },
     check_transport},
};

}  // namespace

Table<ServicePairText> service_pair_rules() { return rows; }

}  // namespace srvwarden::rules
