// SB001 and SB007: the identifier of a subtype.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "rules/subjects.hpp"
#include "rules/unicode.hpp"
#include "srvwarden/service_subtype.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::rules {
namespace {

constexpr std::size_t max_size = ServiceSubtype::max_size;

constexpr Rule<SubtypeText> rows[] = {
    {{
         .id = "SB001",
         .name = "subtype-too-long",
         .severity = Severity::error,
         .references = {{6763, "7.2"}, {1035, "2.3.4"}},
         .message = "subtype is longer than 63 octets",
         .help = "Shorten it; a leading underscore counts, and the 15 characters of service names "
                 "do not apply.",
         .bad =
             {{"_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa._sub._http._tcp",
               "                                                               ^"}},
         .good =
             {{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa._sub._http._tcp"},
              {"_printer._sub._http._tcp"}},
         .why = "A DNS label cannot hold more.",
     },
     [](const SubtypeText& subtype, Report& report) {
       const std::size_t size = subtype.octets.size();
       if (size <= max_size) return;
       report({max_size, size - max_size},
              {.detail = std::to_string(size) + " octets",
               .suggestion = std::string(utf8::prefix(subtype.octets, max_size))});
     }},
    {{
         .id = "SB007",
         .name = "subtype-not-nfc",
         .severity = Severity::warning,
         .references = {{6763, "7.1"}, {6762, "16"}},
         .message = "subtype is not precomposed UTF-8 (NFC), as names in multicast DNS are",
         .help = "Normalize it to NFC; write binary identifiers as hexadecimal text.",
         .sender_only = true,
         .examples_as = Kind::browse_name,
         .bad = {{"\\255\\254._sub._http._tcp.local.", "^^^^^^^^"},
                 {"e\\204\\129._sub._http._tcp.local.", "^^^^^^^^^"}},
         .good = {{"\xE6\x97\xA5\xE6\x9C\xAC._sub._http._tcp.local."},
                  {"\\255._sub._http._tcp.example.com."}},
         .why = "Receivers compare octets, so the same word in two forms is two subtypes.",
     },
     [](const SubtypeText& subtype, Report& report) {
       if (report.context() != Context::mdns || unicode::is_nfc(subtype.octets)) return;
       report({0, subtype.octets.size()}, {.suggestion = unicode::to_nfc(subtype.octets)});
     }},
};

}  // namespace

Table<SubtypeText> subtype_rules() { return rows; }

}  // namespace srvwarden::rules
