// The registry as JSON.
// SPDX-License-Identifier: Apache-2.0
#include "report/registry_json.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace srvwarden::report {
namespace {

using nlohmann::ordered_json;

ordered_json stated(std::string_view text) {
  return text.empty() ? ordered_json() : ordered_json(text);
}
ordered_json stated(std::uint32_t number) {
  return number == 0 ? ordered_json() : ordered_json(number);
}

ordered_json to_json(const TxtKey& key) {
  return {
      {"key", key.key},
      {"kind", name_of(key.kind)},
      {"value", stated(key.value)},
      {"type", stated(name_of(key.type))},
      {"values", key.values},
      {"optional", key.optional},
      {"series", key.series},
  };
}

}  // namespace

ordered_json to_json(PortRange ports) {
  if (!ports.present) return {};
  if (ports.first == ports.last) return ports.first;
  return to_text(ports);
}

ordered_json to_json(const TxtKeys& keys) {
  const bool unstated = keys.status == TxtKeysStatus::unstated;
  ordered_json out = {
      {"status", unstated ? "unstated" : name_of(keys.status)},
      {"keys", ordered_json::array()},
      {"reference", stated(keys.reference)},
  };
  for (const TxtKey& key : keys.keys) out["keys"].push_back(to_json(key));
  return out;
}

ordered_json to_json(const RegistryRecord& record) {
  ordered_json out = {
      {"name", stated(record.name)},
      {"ports", ordered_json::array()},
      {"transport", stated(name_of(record.transport))},
      {"kind", name_of(record.status)},
      {"title", stated(record.title)},
      {"replacement", stated(record.replacement)},
      {"assignee", stated(record.assignee)},
      {"contact", stated(record.contact)},
      {"registered", stated(to_text(record.registered))},
      {"modified", stated(to_text(record.modified))},
      {"references", references_in(record.references)},
      {"service_code", stated(record.service_code)},
      {"unauthorized_use", record.unauthorized_use},
      {"unauthorized_ports", to_json(record.unauthorized_ports)},
      {"txt_keys", to_json(txt_keys_of(record))},
  };
  if (record.ports.present) out["ports"].push_back(to_json(record.ports));
  return out;
}

ordered_json to_json(const RegistryService& service) {
  ordered_json out = {
      {"name", service.name},
      {"transports", ordered_json::array()},
      {"ports", ordered_json::array()},
      {"kind", name_of(service.status)},
      {"title", stated(service.title)},
      {"replacement", stated(service.replacement)},
      {"registered", stated(to_text(service.registered))},
      {"modified", stated(to_text(service.modified))},
      {"references", service.references},
      {"service_code", stated(service.service_code)},
      {"unauthorized_use", service.unauthorized_use},
      {"txt_keys", to_json(service.txt_keys)},
  };
  for (const RegistryTransport transport : service.transports) {
    out["transports"].push_back(name_of(transport));
  }
  for (const PortRange ports : service.ports) out["ports"].push_back(to_json(ports));
  return out;
}

ordered_json to_json(const Suggestion& suggestion) {
  return {{"name", suggestion.name},
          {"title", stated(suggestion.title)},
          {"distance", suggestion.distance}};
}

}  // namespace srvwarden::report
