// ServiceValues: values laid one after another, or within XML's tags.
// SPDX-License-Identifier: Apache-2.0
#include "definition/service_values.hpp"

#include <algorithm>
#include <optional>

#include "core/concat.hpp"
#include "core/hex.hpp"
#include "srvwarden/utf8.hpp"

namespace srvwarden {

namespace {

std::string whole_subtype(const std::string& subtype, const std::string& type) {
  return subtype.find("._sub.") == subtype.npos ? concat({subtype, "._sub.", type}) : subtype;
}

class Writer {
 public:
  DefinitionText put(std::string_view name, const std::string& value) {
    DefinitionText text;
    text.value = value;
    text.at = {result.text.size(), static_cast<std::uint32_t>(result.parts.size() + 1), 1};
    text.length = value.size();
    text.present = true;
    result.parts.push_back({name, result.text.size(), value.size()});
    result.text.append(value).append("\n");
    return text;
  }
  DefinitionText put_if_given(std::string_view name, const std::string& value) {
    return value.empty() ? DefinitionText() : put(name, value);
  }

  ValuesDefinition result;
};

bool is_xml_text(std::string_view text) {
  const bool has_control = std::ranges::any_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n'; });
  return !has_control && utf8::find_ill_formed(text) == text.npos;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string element(std::string_view tag, std::string_view value) {
  return concat({"    <", tag, ">", escaped(value), "</", tag, ">\n"});
}

/// A value that is no text goes as hexadecimal; a key that is none does not go.
std::optional<std::string> txt_element(const std::string& string) {
  if (is_xml_text(string)) return element("txt-record", string);
  const auto equals = string.find('=');
  if (equals == string.npos || !is_xml_text(string.substr(0, equals))) return std::nullopt;
  return concat({"    <txt-record value-format=\"binary-hex\">",
                 escaped(string.substr(0, equals + 1)), to_hex(string.substr(equals + 1)),
                 "</txt-record>\n"});
}

}  // namespace

ValuesDefinition definition_of(const ServiceValues& values) {
  Writer to;
  Definition& definition = to.result.definition;
  definition.instance = to.put("INSTANCE", values.instance);
  ServiceDefinition service;
  service.at = {to.result.text.size(), 2, 1};
  service.length = values.type.size();
  service.type = to.put("TYPE", values.type);
  service.port = to.put("PORT", values.port);
  for (const std::string& string : values.txt) {
    if (!string.empty()) service.txt.push_back(to.put("TXT", string));
  }
  for (const std::string& subtype : values.subtypes) {
    service.subtypes.push_back(to.put("subtype", whole_subtype(subtype, values.type)));
  }
  service.domain = to.put_if_given("domain", values.domain);
  service.host = to.put_if_given("host", values.host);
  definition.services.push_back(std::move(service));
  return std::move(to.result);
}

std::string avahi_file_of(const ServiceValues& values) {
  for (const std::string* text :
       {&values.instance, &values.type, &values.port, &values.domain, &values.host}) {
    if (!is_xml_text(*text)) return {};
  }
  std::string file =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<!DOCTYPE service-group SYSTEM \"avahi-service.dtd\">\n"
      "<service-group>\n";
  file += concat({"  <name>", escaped(values.instance), "</name>\n  <service>\n"});
  file += element("type", values.type);
  for (const std::string& subtype : values.subtypes) {
    if (!is_xml_text(subtype)) return {};
    file += element("subtype", whole_subtype(subtype, values.type));
  }
  if (!values.domain.empty()) file += element("domain-name", values.domain);
  if (!values.host.empty()) file += element("host-name", values.host);
  file += element("port", values.port);
  for (const std::string& string : values.txt) {
    if (string.empty()) continue;
    const auto one = txt_element(string);
    if (!one) return {};
    file += *one;
  }
  return file + "  </service>\n</service-group>\n";
}

}  // namespace srvwarden
