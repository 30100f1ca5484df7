// TX010, TX012, TX013, TX015-TX017, TX019, TX021, TX023: one TXT string. RFC 6763 §6.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "rules/subjects.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/txt_record.hpp"

namespace srvwarden::rules {
namespace {

constexpr std::size_t max_size = TxtString::max_size;

/// The key, or nothing where the string has none (TX010 says so).
std::string_view key_of(const TxtStringText& string) { return txt_key(string.octets); }
std::string with_key(const TxtStringText& string, std::string_view key) {
  return std::string(key).append(string.octets.substr(key_of(string).size()));
}

bool is_key_character(char c) { return !ascii::is_control(c) && ascii::is_ascii(c); }

void check_key_characters(const TxtStringText& string, Report& report) {
  const std::string_view key = key_of(string);
  for (std::size_t at = 0; at < key.size(); ++at) {
    if (is_key_character(key[at])) continue;
    std::size_t end = at;
    while (end < key.size() && !is_key_character(key[end])) ++end;
    report({at, end - at});
    at = end;
  }
}

struct Quotes {
  std::string_view open, close;
};
constexpr Quotes quotes[] = {
    {"\"", "\""}, {"'", "'"}, {"\xE2\x80\x9C", "\xE2\x80\x9D"}, {"\xE2\x80\x98", "\xE2\x80\x99"}};

void check_quotes(const TxtStringText& string, Report& report) {
  const auto value = txt_value(string.octets);
  if (!value || key_of(string).empty()) return;
  for (const Quotes& pair : quotes) {
    if (value->size() < pair.open.size() + pair.close.size()) continue;
    if (!value->starts_with(pair.open) || !value->ends_with(pair.close)) continue;
    const std::size_t start = key_of(string).size() + 1;
    const auto inner =
        value->substr(pair.open.size(), value->size() - pair.open.size() - pair.close.size());
    report({start, value->size()},
           {.suggestion = std::string(string.octets.substr(0, start)).append(inner)});
    return;
  }
}

void check_version(const TxtStringText& string, Report& report) {
  if (!ascii::equal(key_of(string), "txtvers")) return;
  const auto value = txt_value(string.octets);
  if (value && !value->empty() && std::ranges::all_of(*value, ascii::is_digit)) return;
  const std::size_t start = std::min(key_of(string).size() + 1, string.octets.size());
  report({start, string.octets.size() - start}, {.suggestion = "txtvers=1"});
}

bool is_base64_character(char c) {
  return ascii::is_alphanumeric(c) || c == '+' || c == '/' || c == '=' || c == '-' || c == '_';
}

void check_rendered_binary(const TxtStringText& string, Report& report) {
  const auto value = txt_value(string.octets);
  if (!value || value->size() < 32 || !std::ranges::all_of(*value, is_base64_character)) return;
  report({key_of(string).size() + 1, value->size()});
}

constexpr Rule<TxtStringText> rows[] = {
    {{
         .id = "TX010",
         .name = "txt-key-missing",
         .severity = Severity::error,
         .references = {{6763, "6.4"}},
         .message = "TXT string starts with \"=\": it has no key, and receivers skip it",
         .help = "Write the key before the \"=\", or delete the string.",
         .bad = {{"=value", "^"}, {"=", "^"}},
         .good = {{"a="}, {"a==b"}},
         .why = "Receivers are told to skip such a string in silence.",
     },
     [](const TxtStringText& string, Report& report) {
       if (string.octets.starts_with('=')) report({0, 1});
     }},
    {{
         .id = "TX012",
         .name = "txt-key-bad-character",
         .severity = Severity::error,
         .references = {{6763, "6.4"}},
         .message = "TXT key has a character outside printable ASCII",
         .help = "Keys are printable ASCII; values may hold any octets.",
         .bad = {{"gr\xC3\xB6\xC3\x9F"
                  "e=1",
                  "  ^^^^"},
                 {"a\tb", " ^"},
                 {"a\x7F=1", " ^"}},
         .good = {{"a~b=1"}, {"a=\xC3\xB6"}},
         .why = "Readers that compare keys as ASCII do not find it.",
     },
     check_key_characters},
    {{
         .id = "TX013",
         .name = "txt-key-too-long",
         .severity = Severity::warning,
         .references = {{6763, "6.4"}},
         .message = "TXT key is longer than nine characters",
         .help = "Abbreviate it, unless the service's registration defines it so.",
         .bad = {{"abcdefghij=1", "         ^"}, {"connection_url", "         ^^^^^"}},
         .good = {{"abcdefghi=1"}, {"protovers=1"}},
         .why = "Every packet carries the keys; nine characters tell enough apart.",
     },
     [](const TxtStringText& string, Report& report) {
       const std::size_t size = key_of(string).size();
       if (size > 9) report({9, size - 9}, {.detail = std::to_string(size) + " characters"});
     }},
    {{
         .id = "TX015",
         .name = "txt-key-inner-space",
         .severity = Severity::info,
         .references = {{6763, "6.4"}},
         .message = "space inside a TXT key",
         .help = "Spaces count in keys; make sure that readers ask for exactly this key.",
         .bad = {{"Model ID=1", "     ^"}, {"a b", " ^"}},
         .good = {{"ModelID=1"}, {"a=b c"}},
         .why = "Readers that ask for the key without it find nothing.",
     },
     [](const TxtStringText& string, Report& report) {
       const std::string_view key = key_of(string);
       for (std::size_t at = 1; at + 1 < key.size(); ++at) {
         if (key[at] == ' ') report({at, 1});
       }
     }},
    {{
         .id = "TX016",
         .name = "txt-key-edge-space",
         .severity = Severity::warning,
         .references = {{6763, "6.4"}},
         .message = "TXT key starts or ends with a space",
         .help = "The space is part of the key: remove it.",
         .heuristic = true,
         .bad = {{"key =1", "   ^"}, {" key=1", "^"}},
         .good = {{"key= 1"}, {"key=1"}},
         .why = "Readers that ask for the key without it find nothing.",
     },
     [](const TxtStringText& string, Report& report) {
       const std::string_view key = key_of(string);
       const std::size_t first = key.find_first_not_of(' ');
       if (first == key.npos) {
         if (!key.empty()) report({0, 1});
         return;
       }
       const std::size_t last = key.find_last_not_of(' ');
       const std::string mended = with_key(string, key.substr(first, last - first + 1));
       if (first > 0) report({0, first}, {.suggestion = mended});
       if (last + 1 < key.size()) {
         report({last + 1, key.size() - last - 1}, {.suggestion = mended});
       }
     }},
    {{
         .id = "TX017",
         .name = "txt-value-quoted",
         .severity = Severity::warning,
         .references = {{6763, "6.5"}},
         .message = "TXT value in quotation marks, which are part of the value",
         .help = "Remove them: no quoting is needed, and receivers keep the marks.",
         .heuristic = true,
         .bad = {{"a=\"x\"", "  ^^^"}, {"a='x'", "  ^^^"}, {"a=\"\"", "  ^^"}},
         .good = {{"a=\"x"}, {"a=say \"x\"!"}, {"a=\""}},
         .why = "Clients get the marks as a part of the path, name or number.",
     },
     check_quotes},
    {{
         .id = "TX019",
         .name = "txt-string-too-long",
         .severity = Severity::error,
         .references = {{1035, "3.3"}, {6763, "6.1"}},
         .message = "TXT string is longer than 255 octets",
         .help = "Shorten the value or use two keys: a string cannot go on in the next one.",
         .no_example = "a string of that size does not fit here",
         .why = "The length of a string is one octet on the wire.",
     },
     [](const TxtStringText& string, Report& report) {
       const std::size_t size = string.octets.size();
       if (size > max_size) {
         report({max_size, size - max_size}, {.detail = std::to_string(size) + " octets"});
       }
     }},
    {{
         .id = "TX021",
         .name = "txt-version-not-number",
         .severity = Severity::warning,
         .references = {{6763, "6.7"}},
         .message = "txtvers is not a decimal number",
         .help = "It is the version of the TXT record's definition, such as txtvers=1.",
         .bad = {{"txtvers=1.0", "        ^^^"}, {"txtvers"}, {"TXTVERS="}},
         .good = {{"txtvers=1"}, {"txtvers=08"}},
         .why = "Readers that compare versions as numbers take the record for one that they do not "
                "know.",
     },
     check_version},
    {{
         .id = "TX023",
         .name = "txt-value-rendered-binary",
         .severity = Severity::info,
         .references = {{6763, "6.5"}},
         .message = "TXT value looks like binary data written as text",
         .help = "Values may hold any octets: write the data itself.",
         .advice = true,
         .heuristic = true,
         .bad = {{"id=0123456789abcdef0123456789abcdef", "   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"}},
         .good = {{"id=7f"}, {"id=0123456789abcdef0123456789abcde"}},
         .why = "It takes up to twice the octets that the record has room for.",
     },
     check_rendered_binary},
};

}  // namespace

Table<TxtStringText> txt_string_rules() { return rows; }

}  // namespace srvwarden::rules
