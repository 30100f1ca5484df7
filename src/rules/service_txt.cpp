// The TXT record of a service in a file.
// SPDX-License-Identifier: Apache-2.0
#include "rules/service_txt.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "rules/definition_text.hpp"
#include "rules/service_subjects.hpp"
#include "srvwarden/catalogue.hpp"
#include "srvwarden/registry.hpp"
#include "srvwarden/service_type.hpp"

namespace srvwarden::rules {
namespace {

/// Cuts a span at the end of the TXT string in which it starts.
Span within_string(std::span<const DefinitionText> strings, Span span) {
  const auto after = std::ranges::upper_bound(
      strings, span.offset, {}, [](const DefinitionText& string) { return string.at.offset; });
  if (after == strings.begin()) return span;
  const std::size_t end = (after - 1)->at.offset + (after - 1)->length;
  return span.offset > end ? span : Span{span.offset, std::min(span.length, end - span.offset)};
}

/// Whether the strings are those that the registry defines for the type.
void check_defined(const ServiceTxt& txt, const Registry& registry, const Policy& policy,
                   Findings& findings) {
  const auto type = ServiceType::parse(txt.type);
  if (!type) return;
  const bool udp = type->transport() == Transport::udp;
  const TxtKeys defined = registry.txt_keys(type->name().text(), TransportSet::of_label(udp));
  if (defined.status == TxtKeysStatus::unstated) return;
  std::vector<std::string_view> strings;
  for (const DefinitionText& string : txt.strings) {
    run(defined_txt_string_rules(), {string.value, defined}, policy, map_of(string), findings);
    strings.push_back(string.value);
  }
  run(defined_txt_record_rules(), {strings, defined}, policy, SourceMap(txt.at), findings);
}

/// The strings as one TXT RDATA; a string that does not fit has its own finding.
void check_record(const ServiceTxt& txt, const Policy& policy, Findings& findings) {
  std::string rdata;
  std::vector<std::size_t> offsets;
  std::size_t end = 0;
  for (const DefinitionText& string : txt.strings) {
    if (string.value.size() > 255) return;
    const SourceMap map = map_of(string);
    rdata.push_back(static_cast<char>(string.value.size()));
    rdata += string.value;
    offsets.push_back(string.at.offset);
    for (std::size_t i = 0; i < string.value.size(); ++i) offsets.push_back(map({i, 0}).offset);
    end = string.at.offset + string.length;
  }
  if (rdata.size() > 65535) {  // judged no further: comparing all keys would take too long
    const DefinitionText& first = txt.strings.front();
    return Report(*find_rule("TX003"), policy, SourceMap(), findings)(
        {first.at.offset, first.length}, {.detail = std::to_string(rdata.size()) + " octets"});
  }
  offsets.push_back(end);
  const std::size_t before = findings.size();
  run(txt_record_rules(), TxtRdata{rdata}, policy, SourceMap(std::span(offsets)), findings);
  for (std::size_t i = before; i < findings.size(); ++i) {
    Finding& finding = findings[i];
    finding.suggestion.clear();
    finding.at = within_string(txt.strings, finding.at);
    for (Span& span : finding.more) span = within_string(txt.strings, span);
  }
}

}  // namespace

void check_service_txt(const ServiceTxt& txt, const Registry* registry, const Policy& policy,
                       Findings& findings) {
  for (const DefinitionText& string : txt.strings) {
    const SourceMap map = map_of(string);
    run(txt_string_rules(), TxtStringText{string.value}, policy, map, findings);
    run(txt_beside_srv_rules(), {string.value, txt.port, txt.target}, policy, map, findings);
  }
  if (registry != nullptr) check_defined(txt, *registry, policy, findings);
  if (!txt.strings.empty()) check_record(txt, policy, findings);
}

}  // namespace srvwarden::rules
