// IN: what an instance label may hold. RFC 6763 §4.1.1, RFC 5198.
// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <functional>
#include <string>
#include <utility>

#include "rules/identifiers.hpp"
#include "rules/subjects.hpp"
#include "rules/unicode.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/instance_name.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden::rules {
namespace {

constexpr std::size_t max_size = InstanceName::max_size;

/// One step of reading that never stands still: ill-formed bytes count one each.
utf8::Step step_at(std::string_view text, std::size_t at) {
  utf8::Step step = utf8::read(text, at);
  if (step.size == 0) step.size = 1;
  return step;
}

std::string code_point_name(char32_t c) {
  char text[16];
  const int size = std::snprintf(text, sizeof text, "U+%04X", static_cast<unsigned>(c));
  return {text, static_cast<std::size_t>(size)};
}

using Test = bool (*)(char32_t code_point, std::size_t at);

std::string without(std::string_view text, Test test, std::string_view replacement) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const utf8::Step step = step_at(text, at);
    out += test(step.code_point, at) ? replacement : text.substr(at, step.size);
    at += step.size;
  }
  return out;
}

/// Reports each code point for which test holds; the repaired text has `replacement` for it.
void report_characters(std::string_view text, Report& report, Test test,
                       std::string_view replacement = "") {
  for (std::size_t at = 0; at < text.size();) {
    const utf8::Step step = step_at(text, at);
    if (test(step.code_point, at)) {
      Note note;
      if (report.is_first()) {
        note.detail = code_point_name(step.code_point);
        note.suggestion = without(text, test, replacement);
      }
      report({at, step.size}, std::move(note));
    }
    at += step.size;
  }
}

bool is_private_use(char32_t c, std::size_t) {
  return (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && c <= 0xFFFFD) ||
         (c >= 0x100000 && c <= 0x10FFFD);
}

void check_utf8(const InstanceText& name, Report& report) {
  const std::string_view text = name.octets;
  const std::size_t first = utf8::find_ill_formed(text);
  if (first == text.npos) return;
  const bool cut = text.size() - first < 4 && text.size() > 60 && first > 0 &&
                   static_cast<unsigned char>(text[first]) >= 0xC2;
  for (std::size_t at = first; at < text.size();) {
    const utf8::Step step = utf8::read(text, at);
    if (step.size == 0) {
      Note note;
      if (at == first && cut) {
        note = {.detail = "cut inside a character",
                .suggestion = std::string(text.substr(0, first))};
      } else if (at == first) {
        note.suggestion = unicode::from_latin1(text);
      }
      report({at, 1}, std::move(note));
    }
    at += step.size == 0 ? 1 : step.size;
  }
}

void check_nfc(const InstanceText& name, Report& report) {
  if (unicode::is_nfc(name.octets)) return;
  report({0, name.octets.size()}, {.suggestion = unicode::to_nfc(name.octets)});
}

constexpr Rule<InstanceText> size_rows[] = {
    {{
         .id = "IN001",
         .name = "instance-empty",
         .severity = Severity::error,
         .references = {{6763, "4.1.1"}, {2181, "11"}},
         .message = "instance name is empty",
         .help = "Give a name that people recognize, such as the device's model.",
         .bad = {{""}},
         .good = {{" "}, {"x"}},
         .why = "Users choose a service by this name; an empty one cannot be chosen.",
     },
     [](const InstanceText& name, Report& report) {
       if (name.octets.empty()) report({0, 0});
     }},
    {{
         .id = "IN002",
         .name = "instance-too-long",
         .severity = Severity::error,
         .references = {{6763, "4.1.1"}, {6763, "7.2"}},
         .message = "instance name is longer than 63 octets",
         .help = "Shorten it; octets of UTF-8 count, not characters.",
         .bad = {{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                  "                                                               ^"}},
         .good = {{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}},
         .why = "A DNS label cannot hold more, so a responder refuses or cuts the name, perhaps "
                "within a character.",
     },
     [](const InstanceText& name, Report& report) {
       const std::size_t size = name.octets.size();
       if (size <= max_size) return;
       report({max_size, size - max_size},
              {.detail = std::to_string(size) + " octets",
               .suggestion = std::string(utf8::prefix(name.octets, max_size))});
     }},
};

constexpr Rule<InstanceText> encoding_rows[] = {
    {{
         .id = "IN003",
         .name = "instance-not-utf8",
         .severity = Severity::error,
         .references = {{6763, "4.1.1"}, {5198, "2"}, {6762, "16"}},
         .message = "instance name is not valid UTF-8",
         .help = "Write the name in UTF-8.",
         .bad = {{"Caf\xE9", "   ^"},
                 {"\xC0\x80", "^^"},
                 {"\xF0\x9F\x98", "^^^"},
                 {"\xED\xA0\x80", "^^^"}},
         .good = {{"Caf\xC3\xA9"}, {"\xEF\xBF\xBD"}},
         .why = "Browsers show garbage, or leave the service out.",
     },
     check_utf8},
};

constexpr Rule<InstanceText> content_rows[] = {
    {{
         .id = "IN005",
         .name = "instance-control-character",
         .severity = Severity::error,
         .references = {{6763, "4.1.1"}},
         .message = "ASCII control character in an instance name",
         .help = "Remove it, or put a space in its place.",
         .bad = {{"A\tB", " ^"}, {"\x7F", "^"}, {std::string_view("a\0", 2), " ^"}, {"\x1F", "^"}},
         .good = {{" "}, {"~"}},
         .why = "Controls move the cursor or end the line where the name is listed.",
     },
     [](const InstanceText& name, Report& report) {
       report_characters(
           name.octets, report, [](char32_t c, std::size_t) { return c < 0x20 || c == 0x7F; }, " ");
     }},
    {{
         .id = "IN006",
         .name = "instance-not-nfc",
         .severity = Severity::error,
         .in_unicast = Severity::warning,
         .references = {{6762, "16"}, {5198, "2"}, {6763, "4.1.3"}},
         .message = "instance name is not precomposed (Normalization Form C)",
         .help = "Normalize the name to NFC: receivers compare octets, so the same word in two "
                 "forms is two names.",
         .sender_only = true,
         .bad = {{"Cafe\xCC\x81", "^^^^^^"}, {"\xE2\x84\xA6", "^^^"}, {"\xE2\x80\x80", "^^^"}},
         .good = {{"Caf\xC3\xA9"}, {"x\xCC\x81"}, {"\xEF\xAC\x81"}},
         .why = "Receivers compare octets, so the same word in two forms is two services.",
     },
     check_nfc},
    {{
         .id = "IN007",
         .name = "instance-c1-control",
         .severity = Severity::error,
         .references = {{5198, "2"}},
         .message = "C1 control character in an instance name",
         .help = "Remove it.",
         .bad = {{"\xC2\x85", "^^"}, {"a\xC2\x9F", " ^^"}, {"\xC2\x80", "^^"}},
         .good = {{"\xC2\xA0"}, {"\xC2\xA9"}},
         .why = "Terminals take C1 controls as commands.",
     },
     [](const InstanceText& name, Report& report) {
       report_characters(name.octets, report,
                         [](char32_t c, std::size_t) { return utf8::is_c1_control(c); });
     }},
    {{
         .id = "IN008",
         .name = "instance-byte-order-mark",
         .severity = Severity::error,
         .references = {{5198, "2"}, {6762, "16"}},
         .message = "instance name starts with a byte order mark",
         .help = "Remove it where the name comes from; an editor may have written it.",
         .bad = {{"\xEF\xBB\xBF"
                  "Foo",
                  "^^^"},
                 {"\xEF\xBB\xBF", "^^^"}},
         .good = {{"Foo"}},
         .why = "The mark is invisible and still a part of the name, which then equals no other.",
     },
     [](const InstanceText& name, Report& report) {
       report_characters(name.octets, report, [](char32_t c, std::size_t at) {
         return c == utf8::byte_order_mark && at == 0;
       });
     }},
    {{
         .id = "IN009",
         .name = "instance-noncharacter",
         .severity = Severity::error,
         .references = {{5198, "2"}},
         .message = "Unicode noncharacter in an instance name",
         .help = "Remove it: no character will ever be assigned to it.",
         .bad = {{"\xEF\xBF\xBF", "^^^"}, {"\xF4\x8F\xBF\xBF", "^^^^"}, {"\xEF\xB7\x90", "^^^"}},
         .good = {{"\xEF\xBF\xBD"}, {"\xEF\xB7\xB0"}},
         .why = "Libraries that check text may refuse the name.",
     },
     [](const InstanceText& name, Report& report) {
       report_characters(name.octets, report,
                         [](char32_t c, std::size_t) { return utf8::is_noncharacter(c); });
     }},
    {{
         .id = "IN010",
         .name = "instance-unassigned",
         .severity = Severity::info,
         .references = {{5198, "2"}},
         .message = "code point without a character in the Unicode version known here",
         .help = "It may be newer than these tables, or a mistake.",
         .bad = {{"\xCD\xB8", "^^"}, {"\xD4\xB0", "^^"}},
         .good = {{"\xD4\xB1"}, {"\xF0\x9F\x98\x80"}},
         .why = "Systems with older tables show a box or refuse the name.",
     },
     [](const InstanceText& name, Report& report) {
       report_characters(name.octets, report, [](char32_t c, std::size_t) {
         return !unicode::is_assigned(c) && !utf8::is_noncharacter(c);
       });
     }},
    {{
         .id = "IN011",
         .name = "instance-private-use",
         .severity = Severity::warning,
         .references = {{5198, "4"}},
         .message = "private-use code point in an instance name",
         .help = "Use a standard character: others see a box, or another sign.",
         .bad = {{"\xEE\x80\x80", "^^^"}, {"\xEF\xA3\xBF", "^^^"}},
         .good = {{"\xEF\xAC\x80"}, {"\xED\x9E\xA3"}},
         .why = "What it looks like is a private agreement that other systems do not share.",
     },
     [](const InstanceText& name, Report& report) {
       report_characters(name.octets, report, is_private_use);
     }},
    {{
         .id = "IN012",
         .name = "instance-has-identifier",
         .severity = Severity::warning,
         .references = {{6763, "4.1.1"}, {6763, "D"}},
         .message = "instance name looks as if it held a MAC address or serial number",
         .help = "Names are for people: conflicts are solved by renaming, so no identifier is "
                 "needed.",
         .heuristic = true,
         .bad = {{"Printer_0001E68C74FB", "        ^^^^^^^^^^^^"},
                 {"Camera 00:1A:2B:3C:4D:5E", "       ^^^^^^^^^^^^^^^^^"}},
         .good = {{"HP LaserJet 4600"}, {"Printer (2)"}},
         .why =
             "Whoever listens on a network can follow the device by it, and people cannot read it.",
     },
     [](const InstanceText& name, Report& report) {
       if (const Span found = find_hardware_address(name.octets); found.length > 0) report(found);
     }},
    {{
         .id = "IN013",
         .name = "instance-inner-byte-order-mark",
         .severity = Severity::info,
         .references = {{6762, "16"}},
         .message = "U+FEFF inside an instance name",
         .help = "It is invisible and part of the name; most likely it is not meant.",
         .bad = {{"Foo\xEF\xBB\xBF", "   ^^^"},
                 {"A\xEF\xBB\xBF"
                  "B",
                  " ^^^"}},
         .good = {{"Foo"}, {"A B"}},
         .why = "Two names that look the same are two services.",
     },
     [](const InstanceText& name, Report& report) {
       report_characters(name.octets, report, [](char32_t c, std::size_t at) {
         return c == utf8::byte_order_mark && at > 0;
       });
     }},
    {{
         .id = "IN014",
         .name = "instance-line-separator",
         .severity = Severity::warning,
         .references = {{5198, "2"}},
         .message = "line or paragraph separator in an instance name",
         .help = "Put a space in its place.",
         .bad = {{"\xE2\x80\xA8", "^^^"}, {"\xE2\x80\xA9", "^^^"}},
         .good = {{"\xE2\x80\xA7"}, {"\xE2\x80\xAF"}},
         .why = "Lists and logs break the name into two entries.",
     },
     [](const InstanceText& name, Report& report) {
       report_characters(
           name.octets, report, [](char32_t c, std::size_t) { return c == 0x2028 || c == 0x2029; },
           " ");
     }},
};

}  // namespace

Table<InstanceText> instance_size_rules() { return size_rows; }
Table<InstanceText> instance_encoding_rules() { return encoding_rows; }
Table<InstanceText> instance_content_rules() { return content_rows; }

}  // namespace srvwarden::rules
