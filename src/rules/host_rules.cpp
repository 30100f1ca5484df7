// HN and DN003: host names, as owners of addresses and targets of SRV records.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "rules/subjects.hpp"
#include "rules/unicode.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/host_name.hpp"

namespace srvwarden::rules {
namespace {

bool is_ldh(char c) { return ascii::is_alphanumeric(c) || c == '-'; }

std::string_view last_label(const HostText& host) { return host.labels[host.labels.count() - 1]; }
Span last_span(const HostText& host) { return host.labels.span(host.labels.count() - 1); }

/// The host in "scheme://host:port/path"; empty where the text is no URL.
std::string_view host_of_url(std::string_view text) {
  const std::size_t at = text.find("://");
  if (at == text.npos) return {};
  text.remove_prefix(at + 3);
  return text.substr(0, text.find_first_of(":/?#"));
}

void check_characters(const HostText& host, Report& report) {
  if (const std::string_view in_url = host_of_url(host.text); !in_url.empty()) {
    report(host.labels.all(), {.detail = "a URL",
                               .suggestion = std::string(in_url),
                               .help = "Give the host name alone, without scheme, port and path."});
    return;
  }
  for (std::size_t i = 0; i < host.labels.count(); ++i) {
    const std::string_view label = host.labels[i];
    for (std::size_t at = 0; at < label.size(); ++at) {
      if (is_ldh(label[at]) || !ascii::is_ascii(label[at])) continue;
      std::size_t end = at;
      while (end < label.size() && !is_ldh(label[end]) && ascii::is_ascii(label[end])) ++end;
      report(host.labels.span(i, at, end - at));
      at = end;
    }
  }
}

void check_edges(const HostText& host, Report& report) {
  for (std::size_t i = 0; i < host.labels.count(); ++i) {
    const std::string_view label = host.labels[i];
    if (label.starts_with('-')) report(host.labels.span(i, 0, 1));
    if (label.size() > 1 && label.ends_with('-')) report(host.labels.span(i, label.size() - 1, 1));
  }
}

void check_non_ascii(const HostText& host, Report& report) {
  for (std::size_t i = 0; i < host.labels.count(); ++i) {
    const std::string_view label = host.labels[i];
    if (std::ranges::all_of(label, ascii::is_ascii) || !unicode::is_nfc(label)) continue;
    report(host.labels.span(i));
  }
}

void check_flat(const HostText& host, Report& report) {
  if (host.labels.count() < 3 || !ascii::equal(last_label(host), "local")) return;
  std::string flat;
  for (std::size_t i = 0; i + 1 < host.labels.count(); ++i) {
    if (i > 0) flat += '-';
    flat += to_presentation(host.labels[i]);
  }
  report(host.labels.span_of(0, host.labels.count() - 2), {.suggestion = flat + ".local."});
}

constexpr Rule<HostText> structure_rows[] = {
    {{
         .id = "HN001",
         .name = "host-name-empty",
         .severity = Severity::error,
         .references = {{2782, ""}, {6763, "8"}},
         .message = "host name is empty or the root",
         .help = "Write the host's name, such as printer.local.",
         .bad = {{"."}, {""}},
         .good = {{"h.local."}, {"a.example.com."}},
         .why = "A target without a name leads nowhere.",
     },
     [](const HostText& host, Report& report) {
       if (host.labels.count() == 0) report({0, 0});
     }},
    {{
         .id = "HN006",
         .name = "host-name-is-address",
         .severity = Severity::error,
         .references = {{2782, ""}, {1123, "2.1"}},
         .message = "address where a host name must stand",
         .help = "Publish an A or AAAA record and use its owner's name.",
         .bad = {{"192.168.1.5.", "^^^^^^^^^^^"}, {"fe80::1", "^^^^^^^"}, {"[::1]", "^^^^^"}},
         .good = {{"h.local."}, {"5.1.168.192.in-addr.arpa."}},
         .why =
             "Resolvers ask for the addresses of a name that looks like an address, and get none.",
     },
     [](const HostText& host, Report& report) {
       if (is_address_literal(host.text)) report(host.labels.all());
     }},
    {{
         .id = "HN007",
         .name = "host-name-localhost",
         .severity = Severity::warning,
         .references = {{6761, "6.3"}},
         .message = "localhost names each reader's own machine",
         .help = "Use the host's real name.",
         .bad = {{"localhost.", "^^^^^^^^^"}, {"a.localhost.", "  ^^^^^^^^^"}},
         .good = {{"localhost2.local."}, {"h.local."}},
         .why = "Each client connects to itself.",
     },
     [](const HostText& host, Report& report) {
       if (host.labels.count() > 0 && ascii::equal(last_label(host), "localhost")) {
         report(last_span(host));
       }
     }},
    {{
         .id = "HN008",
         .name = "host-name-invalid-domain",
         .severity = Severity::error,
         .references = {{6761, "6.4"}, {2782, ""}},
         .message = "names under .invalid never have addresses",
         .help = "Use the host's real name.",
         .bad = {{"h.invalid.", "  ^^^^^^^"}, {"invalid.", "^^^^^^^"}},
         .good = {{"invalid.local."}, {"h.example.com."}},
         .why = "RFC 6761 reserves the domain for names that must not work.",
     },
     [](const HostText& host, Report& report) {
       if (host.labels.count() > 0 && ascii::equal(last_label(host), "invalid")) {
         report(last_span(host));
       }
     }},
};

constexpr Rule<HostText> content_rows[] = {
    {{
         .id = "DN003",
         .name = "host-name-not-flat",
         .severity = Severity::warning,
         .references = {{6762, "3"}},
         .message = "host name with several labels under .local",
         .help = "Names under .local have one label: join them with a hyphen.",
         .bad = {{"web.host1.local.", "^^^^^^^^^"}, {"a.b.c.local.", "^^^^^"}},
         .good = {{"host1.local."}},
         .why = "Many resolvers send such names to unicast DNS, where they do not exist.",
     },
     check_flat},
    {{
         .id = "HN002",
         .name = "host-name-single-label",
         .severity = Severity::warning,
         .references = {{6762, "3"}, {1034, "3.1"}},
         .message = "host name has no domain",
         .help = "In multicast DNS append .local.",
         .bad = {{"myhost", "^^^^^^"}, {"myhost.", "^^^^^^"}},
         .good = {{"myhost.local."}, {"myhost.example.com."}},
         .why = "Resolvers append search domains to such a name, and find another host or none.",
     },
     [](const HostText& host, Report& report) {
       if (host.labels.count() != 1) return;
       report(host.labels.all(), {.suggestion = to_presentation(host.labels[0]) + ".local."});
     }},
    {{
         .id = "HN003",
         .name = "host-name-bad-character",
         .severity = Severity::warning,
         .references = {{1123, "2.1"}, {1034, "3.5"}},
         .message = "host name has an ASCII character other than letters, digits and hyphens",
         .help = "Other characters break URLs and old resolvers: put a hyphen in their place.",
         .bad = {{"my_host.local.", "  ^"},
                 {"Bob's\\032Mac.local.", "   ^ ^^^^"},
                 {"http://nas.local:631/", "^^^^^^^^^^^^^^^^^^^^^"}},
         .good = {{"Bobs-Mac.local."}, {"3com.local."}},
         .why = "Browsers, certificates and older resolvers refuse such host names.",
     },
     check_characters},
    {{
         .id = "HN004",
         .name = "host-name-edge-hyphen",
         .severity = Severity::warning,
         .references = {{1034, "3.5"}},
         .message = "label of a host name starts or ends with a hyphen",
         .help = "Cut it off.",
         .bad = {{"-host.local.", "^"}, {"host-.local.", "    ^"}},
         .good = {{"my-host.local."}, {"a--b.local."}},
         .why = "RFC 1123 forbids it, and some resolvers refuse the whole name.",
     },
     check_edges},
    {{
         .id = "HN005",
         .name = "host-name-not-ascii",
         .severity = Severity::info,
         .in_unicast = Severity::warning,
         .references = {{6762, "16"}, {1123, "2.1"}, {5890, "2.3.2.1"}},
         .message = "host name has characters outside ASCII",
         .help =
             "Legal in multicast DNS, yet some software cannot use it. In unicast DNS write its "
             "A-label (xn--...).",
         .bad = {{"J\xC3\xBCrgen.local.", "^^^^^^^"}, {"j\xC3\xBCrgen.example.com.", "^^^^^^^"}},
         .good = {{"juergen.local."}, {"xn--jrgen-kva.example.com."}},
         .why = "Software that knows ASCII host names alone cannot connect.",
     },
     check_non_ascii},
    {{
         .id = "HN009",
         .name = "host-name-numeric-top-level",
         .severity = Severity::warning,
         .references = {{1123, "2.1"}},
         .message = "last label of a host name is a number",
         .help = "It would be taken for an address: append the domain.",
         .bad = {{"host.123.", "     ^^^"}, {"1.2.3.", "    ^"}},
         .good = {{"123.local."}, {"host.example."}},
         .why = "URLs and resolvers read a number at the end as an IPv4 address.",
     },
     [](const HostText& host, Report& report) {
       if (std::ranges::all_of(last_label(host), ascii::is_digit)) report(last_span(host));
     }},
};

}  // namespace

Table<HostText> host_structure_rules() { return structure_rows; }
Table<HostText> host_content_rules() { return content_rows; }

}  // namespace srvwarden::rules
