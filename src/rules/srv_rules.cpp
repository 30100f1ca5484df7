// SR: SRV records as text. RFC 2782, RFC 6763 §5.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "core/concat.hpp"
#include "rules/subjects.hpp"
#include "srvwarden/srv_record.hpp"

namespace srvwarden::rules {
namespace {

Span field_span(const SrvText& srv, std::size_t i) {
  const std::string_view field = srv.split.fields[i];
  return {static_cast<std::size_t>(field.data() - srv.text.data()), field.size()};
}

void check_range(const SrvText& srv, std::size_t i, Report& report, std::string suggestion = {}) {
  std::uint16_t value = 0;
  if (read_uint16(srv.split.fields[i], value)) return;
  report(field_span(srv, i), {.suggestion = std::move(suggestion)});
}

std::string with_zeros(const SrvText& srv) {
  return concat({"0 0 ", srv.split.fields[2], " ", srv.split.fields[3]});
}

void check_zero(const SrvText& srv, Report& report) {
  for (std::size_t i = 0; i < 2; ++i) {
    std::uint16_t value = 0;
    if (read_uint16(srv.split.fields[i], value) && value != 0) {
      report(field_span(srv, i), {.suggestion = with_zeros(srv)});
    }
  }
}

constexpr Rule<SrvText> structure_rows[] = {
    {{
         .id = "SR001",
         .name = "srv-malformed",
         .severity = Severity::error,
         .references = {{2782, ""}},
         .message = "SRV record is not priority, weight, port and target",
         .help = "Write four fields, as in: 0 0 631 printer.local.",
         .bad = {{"0 0 631", "^^^^^^^"}, {"0 0 631 h.local. x", "^^^^^^^^^^^^^^^^^^"}, {""}},
         .good = {{"0 0 631 h.local."}},
         .why = "Nothing of the record can be read.",
     },
     [](const SrvText& srv, Report& report) {
       if (srv.split.count == 4) return;
       report({0, srv.text.size()}, {.detail = std::to_string(srv.split.count) + " fields"});
     }},
};

constexpr Rule<SrvText> rows[] = {
    {{
         .id = "SR002",
         .name = "srv-priority-or-weight-set",
         .severity = Severity::warning,
         .references = {{6763, "5"}},
         .message = "priority or weight is not zero on a single SRV record",
         .help = "With one record there is nothing to choose from: set both to 0.",
         .bad = {{"10 0 80 h.local.", "^^"}, {"0 5 80 h.local.", "  ^"}},
         .good = {{"0 0 80 h.local."}},
         .why = "RFC 6763 has one record an instance; other numbers lead readers to look for more.",
     },
     check_zero},
    {{
         .id = "SR005",
         .name = "srv-target-is-root",
         .severity = Severity::error,
         .in_unicast = Severity::warning,
         .references = {{6763, "8"}, {2782, ""}},
         .message = "SRV target is the root",
         .help = "In multicast DNS write the host's name, even in a placeholder. In unicast DNS it "
                 "says that the service is not offered.",
         .bad = {{"0 0 80 .", "       ^"}, {"0 0 0 .", "      ^", Context::unicast}},
         .good = {{"0 0 80 h.local."}, {"0 0 0 h.local."}},
         .why = "In unicast DNS the root says that the service is decidedly not available.",
     },
     [](const SrvText& srv, Report& report) {
       if (srv.split.fields[3] == ".") report(field_span(srv, 3));
     }},
    {{
         .id = "SR007",
         .name = "srv-port-out-of-range",
         .severity = Severity::error,
         .references = {{2782, ""}},
         .message = "port is not a number from 0 to 65535",
         .help = "Write the port in decimal digits.",
         .bad = {{"0 0 65536 h.local.", "    ^^^^^"},
                 {"0 0 http h.local.", "    ^^^^"},
                 {"0 0 -1 h.local.", "    ^^"}},
         .good = {{"0 0 65535 h.local."}, {"0 0 1 h.local."}},
         .why = "Loaders read a number out of it as they please, or announce port 0.",
     },
     [](const SrvText& srv, Report& report) { check_range(srv, 2, report); }},
    {{
         .id = "SR010",
         .name = "srv-priority-or-weight-out-of-range",
         .severity = Severity::error,
         .references = {{2782, ""}},
         .message = "priority or weight is not a number from 0 to 65535",
         .help = "Write 0.",
         .bad = {{"65536 0 80 h.local.", "^^^^^"}, {"0 -1 80 h.local.", "  ^^"}},
         .good = {{"0 0 80 h.local."}},
         .why = "Loaders read a number out of it as they please.",
     },
     [](const SrvText& srv, Report& report) {
       check_range(srv, 0, report, with_zeros(srv));
       check_range(srv, 1, report, with_zeros(srv));
     }},
};

}  // namespace

Table<SrvText> srv_structure_rules() { return structure_rows; }
Table<SrvText> srv_rules() { return rows; }

}  // namespace srvwarden::rules
