// DN001, DN002 and DN004 to DN008: the domain of a name. RFC 6763 §4.1.3, RFC 6762 §3.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "rules/subjects.hpp"
#include "rules/unicode.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/domain_name.hpp"

namespace srvwarden::rules {
namespace {

std::size_t count_of(const DomainText& domain) { return domain.labels.count() - domain.first; }
std::string_view label(const DomainText& domain, std::size_t i) {
  return domain.labels[domain.first + i];
}
Span whole(const DomainText& domain) {
  return domain.labels.span_of(domain.first, domain.labels.count() - 1);
}
/// The place behind the last label.
Span end_of(const DomainText& domain) { return {domain.labels.all().length, 0}; }

bool is_local(const DomainText& domain) {
  return count_of(domain) > 0 && ascii::equal(label(domain, count_of(domain) - 1), "local");
}
bool is_multicast_only(const DomainText& domain) {
  return is_local(domain) || is_multicast_domain(domain.labels, domain.first);
}

void check_normal_form(const DomainText& domain, Report& report) {
  for (std::size_t i = 0; i < count_of(domain); ++i) {
    if (unicode::is_nfc(label(domain, i))) continue;
    report(domain.labels.span(domain.first + i));
  }
}

constexpr Rule<DomainText> rows[] = {
    {{
         .id = "DN001",
         .name = "domain-missing",
         .severity = Severity::warning,
         .references = {{6763, "4.1"}},
         .message = "name ends without a domain",
         .help = "Append the domain: local. is multicast DNS's.",
         .examples_as = Kind::full_name,
         .bad = {{"Foo._http._tcp", "              ^"}},
         .good = {{"Foo._http._tcp.local"}, {"Foo._http._tcp.local."}},
         .why = "Without a domain nobody knows whether to ask the link or a server.",
     },
     [](const DomainText& domain, Report& report) {
       if (domain.has_service && count_of(domain) == 0 && !domain.labels.absolute()) {
         report(end_of(domain));
       }
     }},
    {{
         .id = "DN002",
         .name = "domain-is-root",
         .severity = Severity::warning,
         .references = {{6763, "4.1.3"}, {6762, "3"}},
         .message = "domain is the root of the DNS, where no services are registered",
         .help = "Write local. for multicast DNS, or the domain that you mean.",
         .bad = {{".", "^"}},
         .good = {{"local."}, {"example.com."}},
         .why = "No one may register services there, so the name resolves nowhere.",
     },
     [](const DomainText& domain, Report& report) {
       if (count_of(domain) == 0 && domain.labels.absolute()) report(end_of(domain));
     }},
    {{
         .id = "DN004",
         .name = "domain-local-in-unicast",
         .severity = Severity::warning,
         .references = {{6762, "22.1"}, {6761, "3"}},
         .message = ".local in unicast DNS",
         .help =
             "Names in .local are for multicast DNS alone: use a domain of yours, or home.arpa.",
         .bad = {{"local.", "^^^^^", Context::unicast}},
         .good = {{"local.", "", Context::mdns}, {"example.com.", "", Context::unicast}},
         .why = "Unicast servers must not have .local: queries for it never reach them.",
     },
     [](const DomainText& domain, Report& report) {
       if (report.context() == Context::unicast && is_local(domain)) {
         report(domain.labels.span(domain.labels.count() - 1));
       }
     }},
    {{
         .id = "DN005",
         .name = "domain-not-local-in-mdns",
         .severity = Severity::info,
         .references = {{6762, "3"}, {6762, "13"}},
         .message = "domain other than .local in multicast DNS",
         .help = "Use local., or publish by unicast DNS.",
         .bad = {{"example.com.", "^^^^^^^^^^^", Context::mdns}},
         .good = {{"local.", "", Context::mdns}, {"1.2.254.169.in-addr.arpa.", "", Context::mdns}},
         .why = "Hosts on the link do not ask by multicast for names of other domains.",
     },
     [](const DomainText& domain, Report& report) {
       if (report.context() == Context::mdns && domain.context_given && count_of(domain) > 0 &&
           !is_multicast_only(domain)) {
         report(whole(domain));
       }
     }},
    {{
         .id = "DN006",
         .name = "domain-local-doubled",
         .severity = Severity::info,
         .references = {{6762, "3"}},
         .message = "domain ends in local.local",
         .help = "Remove one of the two.",
         .heuristic = true,
         .bad = {{"local.local.", "^^^^^^^^^^^"}},
         .good = {{"local."}, {"local.example.com."}},
         .why = "Two programs that each append the domain make a name that no one asks for.",
     },
     [](const DomainText& domain, Report& report) {
       const std::size_t count = count_of(domain);
       if (count < 2 || !is_local(domain) || !ascii::equal(label(domain, count - 2), "local"))
         return;
       const std::size_t last = domain.labels.count() - 1;
       report(domain.labels.span_of(last - 1, last));
     }},
    {{
         .id = "DN007",
         .name = "domain-not-nfc",
         .severity = Severity::error,
         .in_unicast = Severity::warning,
         .references = {{6762, "16"}, {6763, "4.1.3"}},
         .message = "label is not precomposed UTF-8 (NFC)",
         .help = "Write the label in UTF-8, normalized to NFC.",
         .sender_only = true,
         .bad = {{"B\xFCro.local.", "^^^^"}, {"Bu\xCC\x88ro.example.com.", "^^^^^^"}},
         .good = {{"B\xC3\xBCro.example.com."}, {"xn--bro-hoa.example.com."}},
         .why = "DNS compares octets: two forms of the same word are two names.",
     },
     check_normal_form},
    {{
         .id = "DN008",
         .name = "domain-starts-with-underscore",
         .severity = Severity::warning,
         .references = {{6763, "4.1.3"}},
         .message = "domain starts with an underscore label, as if it were part of the type",
         .help = "Move the label to the service type, or remove it.",
         .heuristic = true,
         .bad = {{"_tcp.local.", "^^^^"}},
         .good = {{"Building 2.example.com."}, {"local."}},
         .why =
             "Such a label reads as a part of the service type, and the split of the name is lost.",
     },
     [](const DomainText& domain, Report& report) {
       if (!domain.is_host && count_of(domain) > 0 && label(domain, 0).starts_with('_')) {
         report(domain.labels.span(domain.first));
       }
     }},
};

}  // namespace

Table<DomainText> domain_rules() { return rows; }

}  // namespace srvwarden::rules
