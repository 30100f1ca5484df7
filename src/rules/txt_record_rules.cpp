// TX001-TX007, TX011, TX014, TX020, TX022: a TXT record as a whole. RFC 6763 §6.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <vector>

#include "core/concat.hpp"
#include "rules/subjects.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/txt_record.hpp"

namespace srvwarden::rules {
namespace {

/// The sizes of RFC 6763 §6.1 and §6.2, in octets of RDATA; each rule holds from its own on.
constexpr std::size_t above_typical = 201;
constexpr std::size_t above_small = 400;
constexpr std::size_t above_packet = 1301;
constexpr std::size_t above_mdns = 8901;
constexpr std::size_t above_rdata = 65536;

/// Reports a size in [first, last); the strictest rule alone has a say.
void check_size(const TxtRdata& rdata, Report& report, std::size_t first, std::size_t last) {
  const std::size_t size = rdata.octets.size();
  if (size < first || size >= last) return;
  report({first - 1, size - first + 1}, {.detail = std::to_string(size) + " octets"});
}

struct String {
  std::size_t at;  ///< of its length octet
  std::string_view octets;

  Span span() const { return {at, 1 + octets.size()}; }
  bool has_key() const { return !octets.empty() && octets.front() != '='; }
};

std::vector<String> strings_of(const TxtRdata& rdata) {
  std::vector<String> out;
  TxtStrings strings(rdata.octets);
  while (const auto string = strings.next()) {
    out.push_back({static_cast<std::size_t>(string->data() - rdata.octets.data()) - 1, *string});
  }
  return out;
}

void check_overrun(const TxtRdata& rdata, Report& report) {
  TxtStrings strings(rdata.octets);
  while (strings.next()) {
  }
  const std::size_t rest = strings.rest().size();
  if (rest > 0) report({rdata.octets.size() - rest, rest});
}

/// Strings whose key an earlier one has, in their order. Sorting keeps the time of a record with
/// thousands of keys short.
std::vector<String> repeated(const TxtRdata& rdata) {
  std::vector<String> strings = strings_of(rdata);
  std::erase_if(strings, [](const String& string) { return !string.has_key(); });
  const auto key = [](const String& string) { return txt_key(string.octets); };
  std::ranges::stable_sort(strings, ascii::less, key);
  std::vector<String> later;
  for (std::size_t i = 1; i < strings.size(); ++i) {
    if (ascii::equal(key(strings[i]), key(strings[i - 1]))) later.push_back(strings[i]);
  }
  std::ranges::sort(later, {}, &String::at);
  return later;
}

void check_duplicates(const TxtRdata& rdata, Report& report) {
  for (const String& string : repeated(rdata)) {
    report(string.span(), {.detail = concat({"\"", txt_key(string.octets), "\""})});
  }
}

void check_version_place(const TxtRdata& rdata, Report& report) {
  bool other_key = false;
  for (const String& string : strings_of(rdata)) {
    if (!string.has_key()) continue;
    if (ascii::equal(txt_key(string.octets), "txtvers")) {
      if (other_key) report(string.span());
      return;
    }
    other_key = true;
  }
}

void check_version_absent(const TxtRdata& rdata, Report& report) {
  const std::vector<String> strings = strings_of(rdata);
  if (std::ranges::none_of(strings, &String::has_key)) return;
  if (!find_txt_attribute(rdata.octets, "txtvers").present) report({0, 0});
}

void check_empty_strings(const TxtRdata& rdata, Report& report) {
  const std::vector<String> strings = strings_of(rdata);
  if (strings.size() < 2) return;
  for (const String& string : strings) {
    if (string.octets.empty()) report(string.span());
  }
}

constexpr Rule<TxtRdata> structure_rows[] = {
    {{
         .id = "TX001",
         .name = "txt-rdata-empty",
         .severity = Severity::error,
         .references = {{6763, "6.1"}, {1035, "3.3.14"}},
         .message = "TXT record without any octet",
         .help = "A record without attributes is one zero octet.",
         .bad = {{""}},
         .good = {{"00"}, {"03613d31"}},
         .why = "RFC 1035 has at least one string in a TXT record; some receivers drop the packet.",
     },
     [](const TxtRdata& rdata, Report& report) {
       if (rdata.octets.empty()) report({0, 0}, {.suggestion = std::string(1, '\0')});
     }},
    {{
         .id = "TX002",
         .name = "txt-string-overrun",
         .severity = Severity::error,
         .references = {{1035, "3.3.14"}},
         .message = "TXT string is longer than the octets that are left",
         .help = "Each string is its length in one octet and then as many octets.",
         .bad = {{"05616263", "^^^^^^^^"}, {"0161ff", "    ^^"}},
         .good = {{"03616263"},
                  {"016101"
                   "62"}},
         .why = "Readers stop there or drop the record, and the keys behind it are lost.",
     },
     check_overrun},
};

constexpr Rule<TxtRdata> rows[] = {
    {{
         .id = "TX003",
         .name = "txt-too-long",
         .severity = Severity::error,
         .references = {{6763, "6.1"}, {1035, "3.2.1"}},
         .message = "TXT record is longer than 65535 octets",
         .help = "Move the data into the protocol itself.",
         .no_example = "a record of that size does not fit here",
         .why = "The length of record data is 16 bits on the wire.",
     },
     [](const TxtRdata& rdata, Report& report) {
       check_size(rdata, report, above_rdata, rdata.octets.npos);
     }},
    {{
         .id = "TX004",
         .name = "txt-exceeds-mdns-packet",
         .severity = Severity::error,
         .references = {{6762, "17"}, {6763, "6.1"}},
         .message = "TXT record does not fit into a multicast DNS packet",
         .help = "Keep it under 8900 octets; a few hundred are better.",
         .no_example = "a record of that size does not fit here",
         .why = "A multicast packet ends at 9000 octets, so the record can never be sent.",
     },
     [](const TxtRdata& rdata, Report& report) {
       if (report.context() == Context::mdns) check_size(rdata, report, above_mdns, above_rdata);
     }},
    {{
         .id = "TX005",
         .name = "txt-exceeds-ethernet-packet",
         .severity = Severity::warning,
         .references = {{6763, "6.2"}},
         .message = "TXT record is longer than 1300 octets",
         .help = "Drop or shorten keys, so that it fits into one Ethernet packet.",
         .no_example = "a record of that size does not fit here",
         .why = "The packet is fragmented, and one lost fragment loses it all.",
     },
     [](const TxtRdata& rdata, Report& report) {
       const bool mdns = report.context() == Context::mdns;
       check_size(rdata, report, above_packet, mdns ? above_mdns : above_rdata);
     }},
    {{
         .id = "TX006",
         .name = "txt-large",
         .severity = Severity::info,
         .references = {{6763, "6.2"}},
         .message = "TXT record has 400 octets or more",
         .help = "Under 400 it fits into a 512-octet DNS message.",
         .no_example = "a record of that size does not fit here",
         .why = "Larger answers need TCP or EDNS in unicast DNS.",
     },
     [](const TxtRdata& rdata, Report& report) {
       check_size(rdata, report, above_small, above_packet);
     }},
    {{
         .id = "TX007",
         .name = "txt-above-typical",
         .severity = Severity::info,
         .references = {{6763, "6.2"}},
         .message = "TXT record is longer than the usual 200 octets",
         .help = "Keep what a browser needs, and move the rest into the protocol.",
         .no_example = "a record of that size does not fit here",
         .why = "Each announcement and each answer carries the whole record to every host of the "
                "link.",
     },
     [](const TxtRdata& rdata, Report& report) {
       check_size(rdata, report, above_typical, above_small);
     }},
    {{
         .id = "TX011",
         .name = "txt-empty-string",
         .severity = Severity::warning,
         .references = {{6763, "6.1"}, {6763, "6.4"}},
         .message = "empty string among others in a TXT record",
         .help = "Remove it: receivers skip it.",
         .bad = {{"03613d3100", "        ^^"}, {"0000", "^^^^"}},
         .good = {{"00"}, {"03613d31"}},
         .why = "It costs an octet and tells nothing.",
     },
     check_empty_strings},
    {{
         .id = "TX014",
         .name = "txt-key-duplicate",
         .severity = Severity::warning,
         .references = {{6763, "6.4"}},
         .message = "TXT key appears more than once: receivers use the first",
         .help = "Keep one. Case does not tell keys apart, nor does having a value.",
         .bad = {{"03613d3103413d32", "        ^^^^^^^^"}, {"016103613d31", "    ^^^^^^^^"}},
         .good = {{"03613d3103623d32"}},
         .why = "The later values are never seen, whatever the author meant by them.",
     },
     check_duplicates},
    {{
         .id = "TX020",
         .name = "txt-version-not-first",
         .severity = Severity::warning,
         .references = {{6763, "6.7"}},
         .message = "txtvers is not the first key",
         .help = "Move it to the front, where readers find it before the keys that it explains.",
         .bad = {{"03613d3109747874766572733d31", "        ^^^^^^^^^^^^^^^^^^^^"}},
         .good = {{"09747874766572733d3103613d31"}, {"03613d31"}},
         .why = "Readers of the first string cannot tell which definition the others follow.",
     },
     check_version_place},
    {{
         .id = "TX022",
         .name = "txt-version-absent",
         .severity = Severity::info,
         .references = {{6763, "6.7"}},
         .message = "TXT record without txtvers",
         .help = "Put txtvers=1 first if the keys may ever change their meaning.",
         .advice = true,
         .bad = {{"03613d31"}},
         .good = {{"09747874766572733d31"}, {"00"}},
         .why = "When the keys change their meaning, clients cannot tell.",
     },
     check_version_absent},
};

}  // namespace

Table<TxtRdata> txt_structure_rules() { return structure_rows; }
Table<TxtRdata> txt_record_rules() { return rows; }

}  // namespace srvwarden::rules
