// SN: the syntax of service names. RFC 6335 §5.1.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "rules/subjects.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/service_name.hpp"

namespace srvwarden::rules {
namespace {

constexpr std::size_t max_size = ServiceName::max_size;

bool is_legal(char c) { return ascii::is_alphanumeric(c) || c == '-'; }

/// What IANA did to its own historic names: illegal characters to hyphens, runs to one, edges cut.
/// Empty where that gives no valid name.
std::string mended(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (ascii::is_alphanumeric(c)) {
      out += c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
    if (out.size() > max_size) break;
  }
  out.resize(std::min(out.size(), max_size));
  while (out.ends_with('-')) out.pop_back();
  return ServiceName::parse(out) ? out : std::string();
}

void check_token(const ServiceNameText& name, Report& report) {
  const std::string_view text = name.octets;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('-', at), text.size());
    const std::string_view token = text.substr(at, end - at);
    for (const std::string_view word : {"port", "service", "protocol"}) {
      if (ascii::equal(token, word)) report({at, token.size()});
    }
    at = end + 1;
  }
}

constexpr Rule<ServiceNameText> rows[] = {
    {{
         .id = "SN001",
         .name = "service-name-empty",
         .severity = Severity::error,
         .references = {{6335, "5.1"}},
         .message = "service name is empty",
         .help = "A service name has 1 to 15 letters, digits and hyphens.",
         .bad = {{""}},
         .good = {{"a"}},
         .why = "Without a name there is nothing to browse for.",
     },
     [](const ServiceNameText& name, Report& report) {
       if (name.octets.empty()) report({0, 0});
     }},
    {{
         .id = "SN002",
         .name = "service-name-too-long",
         .severity = Severity::error,
         .references = {{6335, "5.1"}, {6763, "7.2"}},
         .message = "service name is longer than 15 characters",
         .help = "Choose a name of at most 15 characters; the underscore does not count.",
         .bad = {{"abcdefghijklmnop", "               ^"}},
         .good = {{"abcdefghijklmno"}, {"rmonitor-secure"}},
         .why = "IANA refuses such a name, and libraries that check it refuse to announce the "
                "service.",
     },
     [](const ServiceNameText& name, Report& report) {
       const std::size_t size = name.octets.size();
       if (size <= max_size) return;
       report({max_size, size - max_size},
              {.detail = std::to_string(size) + " characters", .suggestion = mended(name.octets)});
     }},
    {{
         .id = "SN003",
         .name = "service-name-bad-character",
         .severity = Severity::error,
         .references = {{6335, "5.1"}},
         .message = "service name has a character other than letters, digits and hyphens",
         .help = "Use A-Z, a-z, 0-9 and single hyphens.",
         .bad = {{"my_service", "  ^"}, {"whois++", "     ^^"}, {"f\xC3\xB6\xC3\xB6", " ^^^^"}},
         .good = {{"my-service"}, {"z39-50"}},
         .why = "IANA refuses such a name, and libraries that check it refuse to announce the "
                "service.",
     },
     [](const ServiceNameText& name, Report& report) {
       const std::string_view text = name.octets;
       for (std::size_t at = 0; at < text.size(); ++at) {
         if (is_legal(text[at])) continue;
         std::size_t end = at;
         while (end < text.size() && !is_legal(text[end])) ++end;
         report({at, end - at}, report.is_first() ? Note{.suggestion = mended(text)} : Note{});
         at = end;
       }
     }},
    {{
         .id = "SN004",
         .name = "service-name-no-letter",
         .severity = Severity::error,
         .references = {{6335, "5.1"}},
         .message = "service name has no letter",
         .help = "Add a word for the protocol: a name of digits would be taken for a port.",
         .bad = {{"80", "^^"}, {"6000-6063", "^^^^^^^^^"}, {"123456789012345", "^^^^^^^^^^^^^^^"}},
         .good = {{"9p"}, {"1-1-1-a"}},
         .why = "getservbyname() and people take a name of digits for a port.",
     },
     [](const ServiceNameText& name, Report& report) {
       if (name.octets.empty() || std::ranges::any_of(name.octets, ascii::is_letter)) return;
       report({0, name.octets.size()});
     }},
    {{
         .id = "SN005",
         .name = "service-name-edge-hyphen",
         .severity = Severity::error,
         .references = {{6335, "5.1"}},
         .message = "service name starts or ends with a hyphen",
         .help = "A hyphen must stand between two letters or digits.",
         .bad = {{"-http", "^"}, {"http-", "    ^"}, {"-a-", "^ ^"}},
         .good = {{"http-alt"}, {"a-b"}},
         .why = "IANA refuses such a name, and libraries that check it refuse to announce the "
                "service.",
     },
     [](const ServiceNameText& name, Report& report) {
       const std::string_view text = name.octets;
       if (text.starts_with('-')) report({0, 1}, {.suggestion = mended(text)});
       if (text.size() > 1 && text.ends_with('-')) {
         report({text.size() - 1, 1}, {.suggestion = mended(text)});
       }
     }},
    {{
         .id = "SN006",
         .name = "service-name-hyphen-run",
         .severity = Severity::error,
         .references = {{6335, "5.1"}},
         .message = "adjacent hyphens in a service name",
         .help = "A hyphen must stand between two letters or digits.",
         .bad = {{"a--b", " ^^"}, {"x-1---y", "   ^^^"}, {"xn--bcher-kva", "  ^^"}},
         .good = {{"a-b"}, {"a-b-c-d"}},
         .why =
             "It is kept from looking like an internationalized label (xn--), and IANA refuses it.",
     },
     [](const ServiceNameText& name, Report& report) {
       const std::string_view text = name.octets;
       for (auto at = text.find("--"); at != text.npos;) {
         const auto end = std::min(text.find_first_not_of('-', at), text.size());
         report({at, end - at}, report.is_first() ? Note{.suggestion = mended(text)} : Note{});
         at = text.find("--", end);
       }
     }},
    {{
         .id = "SN010",
         .name = "service-name-redundant-word",
         .severity = Severity::info,
         .references = {{6335, "5"}},
         .message = "service name says what every service name is",
         .help = "Drop \"port\", \"service\" or \"protocol\".",
         .advice = true,
         .bad = {{"foo-service", "    ^^^^^^^"}, {"bar-protocol", "    ^^^^^^^^"}},
         .good = {{"foo"}, {"portal"}},
         .why = "Fifteen characters are few; the word tells nothing apart.",
     },
     check_token},
};

}  // namespace

Table<ServiceNameText> service_name_rules() { return rows; }

}  // namespace srvwarden::rules
