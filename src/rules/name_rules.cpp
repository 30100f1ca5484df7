// NM001 and NM002: the sizes that hold for every DNS name.
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "rules/subjects.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::rules {
namespace {

constexpr std::size_t max_label = 63;       // RFC 1035 §2.3.4
constexpr std::size_t max_name = 255;       // the same, root included
constexpr std::size_t max_mdns_name = 256;  // RFC 6762 App. C: 255 and the root

void check_name_size(const NameText& name, Report& report) {
  const std::size_t size = name.labels.wire_size();
  if (size <= max_name) return;
  const bool tolerated = size <= max_mdns_name && report.context() == Context::mdns;
  report(name.labels.all(), tolerated ? Severity::warning : Severity::error,
         {.detail =
              std::to_string(size) + " octets, " + std::to_string(size - max_name) + " too many"});
}

// 256 and 255 octets on the wire.
constexpr std::string_view name_of_256 =
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa._http._tcp."
    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb."
    "ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc."
    "ddddddddddddddddddddddddddddddddddddddddddddd.local.";
constexpr std::string_view name_of_255 =
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa._http._tcp."
    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb."
    "ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc."
    "ddddddddddddddddddddddddddddddddddddddddddddd.local.";

constexpr Rule<NameText> size_rows[] = {
    {{
         .id = "NM002",
         .name = "name-too-long",
         .severity = Severity::error,
         .references = {{1035, "2.3.4"}, {6762, "C"}},
         .message = "name is longer than 255 octets on the wire",
         .help = "Shorten the instance or the domain. Each label counts one octet more than its "
                 "text, and the root one; 256 in all is for multicast DNS only.",
         .examples_as = Kind::full_name,
         .bad = {{name_of_256}},
         .good = {{name_of_255}},
         .why = "Resolvers drop longer names.",
     },
     check_name_size},
};

constexpr std::string_view label_of_64 =
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

constexpr Rule<LabelText> label_rows[] = {
    {{
         .id = "NM001",
         .name = "label-too-long",
         .severity = Severity::error,
         .references = {{1035, "2.3.4"}, {2181, "11"}},
         .message = "label is longer than 63 octets",
         .help = "Shorten the label; a character outside ASCII takes two to four octets.",
         .examples_as = Kind::domain,
         .bad = {{label_of_64, "                                                               ^"}},
         .good = {{label_of_64.substr(1)}},
         .why = "The length of a label is six bits on the wire.",
     },
     [](const LabelText& label, Report& report) {
       if (label.octets.size() <= max_label) return;
       report({max_label, label.octets.size() - max_label},
              {.detail = std::to_string(label.octets.size()) + " octets",
               .suggestion = std::string(utf8::prefix(label.octets, max_label))});
     }},
};

}  // namespace

Table<NameText> name_size_rules() { return size_rows; }
Table<LabelText> label_rules() { return label_rows; }

}  // namespace srvwarden::rules
