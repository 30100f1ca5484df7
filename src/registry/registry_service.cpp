// RegistryService: rows of one name become one service.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/registry_service.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "core/trim.hpp"
#include "srvwarden/ascii.hpp"

namespace srvwarden {
namespace {

/// Statuses, the one that matters most first.
constexpr std::array by_weight = {
    RegistryStatus::not_a_service, RegistryStatus::historic_alias, RegistryStatus::duplicate,
    RegistryStatus::assigned,      RegistryStatus::unofficial,     RegistryStatus::local_use,
    RegistryStatus::reserved,      RegistryStatus::removed,        RegistryStatus::unassigned,
};

std::ptrdiff_t weight(RegistryStatus status) {
  return std::find(by_weight.begin(), by_weight.end(), status) - by_weight.begin();
}

template <class Item>
void add_once(std::vector<Item>& items, const Item& item) {
  if (std::find(items.begin(), items.end(), item) == items.end()) items.push_back(item);
}

bool lists_keys(const TxtKeys& keys) {
  return keys.status == TxtKeysStatus::closed || keys.status == TxtKeysStatus::open;
}

void merge_into(RegistryService& service, const RegistryRecord& record) {
  const bool stands = record.status != RegistryStatus::removed;
  if (stands && record.transport != RegistryTransport::none) {
    add_once(service.transports, record.transport);
  }
  if (record.ports.present) add_once(service.ports, record.ports);
  if (weight(record.status) < weight(service.status)) service.status = record.status;
  if (service.title.empty()) service.title = record.title;
  if (service.replacement.empty()) service.replacement = record.replacement;
  const bool earlier = !service.registered || record.registered < service.registered;
  if (record.registered && earlier) service.registered = record.registered;
  service.modified = std::max(service.modified, record.modified);
  for (const std::string_view one : references_in(record.references)) {
    add_once(service.references, one);
  }
  if (service.service_code == 0) service.service_code = record.service_code;
  service.unauthorized_use |= record.unauthorized_use;
}

}  // namespace

std::vector<std::string_view> references_in(std::string_view text) {
  std::vector<std::string_view> references;
  while (!text.empty()) {
    const std::size_t bracket = text.starts_with('[') ? 1 : 0;
    const auto end = std::min(text.find(bracket == 1 ? ']' : '[', bracket), text.size());
    const std::string_view one = trimmed(text.substr(bracket, end - bracket));
    if (!one.empty()) add_once(references, one);
    text.remove_prefix(std::min(text.size(), end + bracket));
  }
  return references;
}

TxtKeys txt_keys_of(const RegistryRecord& record) {
  TxtKeys keys;
  if (record.txt_keys.empty()) return keys;
  if (auto parsed = parse_txt_keys(record.txt_keys)) return *std::move(parsed);
  keys.status = TxtKeysStatus::prose;
  return keys;
}

TxtKeys merge(const TxtKeys& a, const TxtKeys& b) {
  if (a == b || b.status == TxtKeysStatus::unstated) return a;
  if (a.status == TxtKeysStatus::unstated) return b;
  if (!lists_keys(a) && !lists_keys(b)) return a;
  TxtKeys both;
  both.status = TxtKeysStatus::open;
  both.keys = a.keys;
  for (const TxtKey& key : b.keys) {
    const auto same_key = [&](const TxtKey& other) {
      return other.series == key.series && ascii::equal(other.key, key.key);
    };
    const auto known = std::find_if(both.keys.begin(), both.keys.end(), same_key);
    if (known == both.keys.end()) {
      both.keys.push_back(key);
    } else if (*known != key) {
      TxtKey name_only;
      name_only.key = known->key;
      name_only.series = known->series;
      name_only.optional = known->optional || key.optional;
      *known = std::move(name_only);
    }
  }
  return both;
}

RegistryService service_of(const RegistryRecords& records) {
  RegistryService service;
  service.name = records.front().name;
  service.status = records.front().status;
  std::string_view last_keys;
  for (const RegistryRecord& record : records) {
    merge_into(service, record);
    if (!record.txt_keys.empty() && record.txt_keys != last_keys) {
      service.txt_keys = merge(service.txt_keys, txt_keys_of(record));
    }
    last_keys = record.txt_keys;
  }
  std::sort(service.transports.begin(), service.transports.end());
  std::sort(service.ports.begin(), service.ports.end(), [](PortRange a, PortRange b) {
    return std::pair(a.first, a.last) < std::pair(b.first, b.last);
  });
  return service;
}

std::vector<RegistryService> services_of(const Registry& registry) {
  std::vector<RegistryService> services;
  services.reserve(registry.name_count());
  std::unordered_set<const char*> seen;  // a Registry has the text of each name once
  for (const RegistryRecord& record : registry.records()) {
    if (record.name.empty() || !seen.insert(record.name.data()).second) continue;
    services.push_back(service_of(registry.find(record.name)));
  }
  return services;
}

}  // namespace srvwarden
