// announcements_of: texts of a definition become values.
// SPDX-License-Identifier: Apache-2.0
#include "announcements.hpp"

#include <charconv>
#include <map>

#include "srvwarden/ascii.hpp"

namespace srvwarden::daemon {

namespace {

std::uint16_t port_of(const std::string& text) {
  std::uint16_t port = 0;
  std::from_chars(text.data(), text.data() + text.size(), port);
  return port;
}

Protocol protocol_of(const std::string& text) {
  if (ascii::equal(text, "ipv4")) return Protocol::ipv4;
  return ascii::equal(text, "ipv6") ? Protocol::ipv6 : Protocol::any;
}

/// systemd's definitions have the identifier alone, Avahi's the whole subtype.
std::string whole_subtype(const std::string& subtype, const std::string& type) {
  return subtype.find("._sub.") == subtype.npos ? subtype + "._sub." + type : subtype;
}

Announcement announcement_of(const ServiceDefinition& service) {
  Announcement result;
  result.type = service.type.value;
  for (const DefinitionText& subtype : service.subtypes) {
    result.subtypes.push_back(whole_subtype(subtype.value, result.type));
  }
  result.domain = service.domain.value;
  result.host = service.host.value;
  result.port = port_of(service.port.value);
  for (const DefinitionText& string : service.txt) {
    if (!string.value.empty()) result.txt.push_back(string.value);
  }
  result.protocol = protocol_of(service.protocol.value);
  return result;
}

}  // namespace

std::vector<Announcement> announcements_of(const Definition& definition,
                                           const std::string& instance) {
  std::vector<Announcement> all;
  std::map<std::string, int> count_of_type;
  for (const ServiceDefinition& service : definition.services) {
    Announcement one = announcement_of(service);
    const int count = ++count_of_type[one.type];
    one.key = definition.path + ' ' + one.type + (count > 1 ? ' ' + std::to_string(count) : "");
    one.instance = instance;
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace srvwarden::daemon
