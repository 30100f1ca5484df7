// PT009 and CK001: names that enumerate, and values that are not written as their kind asks.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "rules/subjects.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden::rules {
namespace {

constexpr std::string_view enumeration_labels[] = {"_services", "b", "db", "r", "dr", "lb"};

constexpr Rule<NameText> enumeration_rows[] = {
    {{
         .id = "PT009",
         .name = "enumeration-label-unknown",
         .severity = Severity::warning,
         .references = {{6763, "9"}, {6763, "11"}},
         .message = "unknown label before _dns-sd._udp",
         .help = "It is _services for types, and b, db, r, dr or lb for domains.",
         .bad = {{"x._dns-sd._udp.local.", "^"}, {"services._dns-sd._udp.local.", "^^^^^^^^"}},
         .good = {{"lb._dns-sd._udp.example.com."}, {"_services._dns-sd._udp.local."}},
         .why = "No client asks there.",
     },
     [](const NameText& name, Report& report) {
       if (name.kind != Kind::browse_name || name.shape.role != NameRole::enumeration) return;
       const auto is_it = [&](std::string_view l) { return ascii::equal(l, name.labels[0]); };
       if (std::ranges::none_of(enumeration_labels, is_it)) report(name.labels.span(0));
     }},
};

constexpr Rule<HexText> hex_rows[] = {
    {{
         .id = "CK001",
         .name = "value-not-hexadecimal",
         .severity = Severity::error,
         .references = {{0, "srvwarden(1)"}},
         .message = "not hexadecimal",
         .help = "Write two digits for each octet; spaces between octets are allowed.",
         .bad = {{"0g", " ^"}, {"036", "  ^"}, {"0x00", " ^"}},
         .good = {{"00"}, {"03 61 3D 31"}},
         .why = "Half an octet cannot be told from a slip of the pen, so nothing of the value is "
                "judged.",
     },
     [](const HexText& hex, Report& report) {
       if (hex.fault) report({*hex.fault, 1});
     }},
};

}  // namespace

Table<NameText> enumeration_rules() { return enumeration_rows; }
Table<HexText> value_rules() { return hex_rows; }

}  // namespace srvwarden::rules
