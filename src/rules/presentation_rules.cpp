// ES and NM003: escapes and empty labels, which stop the evaluation of a name.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "rules/subjects.hpp"

namespace srvwarden::rules {
namespace {

void report_escapes(std::string_view text, Errc code, Report& report,
                    std::string (*mend)(std::string_view text, std::size_t at, std::size_t size)) {
  for (std::size_t at = 0; at < text.size();) {
    const PresentationStep step = read_presentation(text, at);
    if (step.code == code) {
      report({at, step.size},
             report.is_first() ? Note{.suggestion = mend(text, at, step.size)} : Note{});
    }
    at += step.size;
  }
}

std::string with_doubled_backslash(std::string_view text, std::size_t at, std::size_t) {
  return std::string(text).insert(at, 1, '\\');
}

void append_octets_of(std::string& out, unsigned code_point) {
  const unsigned octets[] = {0xC0u | code_point >> 6, 0x80u | (code_point & 0x3Fu)};
  for (const unsigned octet : octets) {
    out += '\\';
    out += std::to_string(octet);
  }
}

std::string as_utf8_octets(std::string_view text, std::size_t at, std::size_t size) {
  std::string out(text.substr(0, at));
  append_octets_of(out, static_cast<unsigned>(std::stoul(std::string(text.substr(at + 1, 3)))));
  return out.append(text.substr(at + size));
}

std::string with_three_digits(std::string_view text, std::size_t at, std::size_t size) {
  return std::string(text).insert(at + 1, 4 - size, '0');
}

void report_empty_labels(const PresentationText& name, Report& report) {
  const std::string_view text = name.text;
  if (text == ".") return;
  std::string mended;
  std::vector<std::size_t> places;
  bool empty = true;
  for (std::size_t at = 0; at < text.size();) {
    const PresentationStep step = read_presentation(text, at);
    if (step.is_separator && empty) {
      places.push_back(at);
    } else {
      mended += text.substr(at, step.size);
    }
    empty = step.is_separator;
    at += step.size;
  }
  for (const std::size_t at : places) {
    report({at, 1}, report.is_first() ? Note{.suggestion = mended} : Note{});
  }
}

constexpr Rule<PresentationText> rows[] = {
    {{
         .id = "ES001",
         .name = "escape-dangling",
         .severity = Severity::error,
         .references = {{1035, "5.1"}},
         .message = "backslash at the end of a name escapes nothing",
         .help = "Write a backslash that belongs to the name as \\\\.",
         .bad = {{"Foo\\", "   ^"}, {"_http._tcp\\", "          ^"}},
         .good = {{"Foo\\\\._http._tcp.local."}, {"Foo\\.._http._tcp.local."}},
         .why = "What follows a backslash is a part of the name; here nothing follows.",
     },
     [](const PresentationText& name, Report& report) {
       report_escapes(name.text, Errc::escape_dangling, report, with_doubled_backslash);
     }},
    {{
         .id = "ES002",
         .name = "escape-above-255",
         .severity = Severity::error,
         .references = {{1035, "5.1"}},
         .message = "decimal escape is above 255",
         .help = "A decimal escape stands for one octet. Write a character as its UTF-8 octets.",
         .bad = {{"Foo\\256._http._tcp.local.", "   ^^^^"}, {"\\999", "^^^^"}},
         .good = {{"Foo\\126._http._tcp.local."}},
         .why = "An octet ends at 255; readers cut the number in different ways.",
     },
     [](const PresentationText& name, Report& report) {
       report_escapes(name.text, Errc::escape_above_255, report, as_utf8_octets);
     }},
    {{
         .id = "ES003",
         .name = "escape-too-few-digits",
         .severity = Severity::error,
         .references = {{1035, "5.1"}},
         .message = "decimal escape without three digits",
         .help =
             "Pad the number with zeros (\\009), or double the backslash if it is meant itself.",
         .bad = {{"\\9", "^^"}, {"\\25x", "^^^"}, {"\\2", "^^"}},
         .good = {{"\\065._http._tcp.local."}, {"\\.9._http._tcp.local."}},
         .why = "Readers differ in how many digits they take, so one text becomes several names.",
     },
     [](const PresentationText& name, Report& report) {
       report_escapes(name.text, Errc::escape_too_few_digits, report, with_three_digits);
     }},
    {{
         .id = "NM003",
         .name = "label-empty",
         .severity = Severity::error,
         .references = {{1035, "3.1"}, {2181, "11"}},
         .message = "empty label in a name",
         .help =
             "A label has 1 to 63 octets. Only the name \".\" alone, the root, starts with a dot.",
         .bad = {{"_http.._tcp", "      ^"}, {".local.", "^"}, {"a...b", "  ^^"}, {"..", "^^"}},
         .good = {{"Foo._http._tcp.local."}},
         .why = "An empty label ends a name on the wire, so what follows would be lost.",
     },
     report_empty_labels},
};

}  // namespace

Table<PresentationText> presentation_rules() { return rows; }

}  // namespace srvwarden::rules
