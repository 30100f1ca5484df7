// definition_text: values become XML.
// SPDX-License-Identifier: Apache-2.0
#include "advertised_definition.hpp"

#include "core/hex.hpp"

namespace srvwarden::daemon {

namespace {

/// Control characters have no way into XML 1.0: as they are, they make it malformed.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '\r') {
      out += "&#13;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string element(const char* tag, const std::string& text) {
  return std::string("<") + tag + '>' + escaped(text) + "</" + tag + '>';
}

/// "key=value" in hexadecimal: its value may be any octets. A key alone is text.
std::string txt_record(const std::string& string) {
  const std::size_t equals = string.find('=');
  if (equals == string.npos) return element("txt-record", string);
  return "<txt-record value-format=\"binary-hex\">" + escaped(string.substr(0, equals + 1)) +
         to_hex(string.substr(equals + 1)) + "</txt-record>";
}

}  // namespace

std::string definition_text(const Advertisement& advertisement) {
  std::string text = "<service-group>" + element("name", advertisement.instance) + "<service>" +
                     element("type", advertisement.type);
  for (const std::string& subtype : advertisement.subtypes) {
    text += element("subtype", subtype + "._sub." + advertisement.type);
  }
  if (!advertisement.domain.empty()) text += element("domain-name", advertisement.domain);
  if (!advertisement.host.empty()) text += element("host-name", advertisement.host);
  text += element("port", std::to_string(advertisement.port));
  for (const std::string& string : advertisement.txt) text += txt_record(string);
  return text + "</service></service-group>";
}

}  // namespace srvwarden::daemon
