// Reader of the service definitions that a Consul agent loads.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "definition/formats.hpp"
#include "definition/hcl_tree.hpp"
#include "definition/readers.hpp"
#include "definition/unicode_text.hpp"

namespace srvwarden::definition {
namespace {

/// The fields of a service. "service" and "name" alone are keys of many other files.
constexpr std::array<std::string_view, 22> fields = {"id",
                                                     "name",
                                                     "address",
                                                     "port",
                                                     "ports",
                                                     "tags",
                                                     "meta",
                                                     "check",
                                                     "checks",
                                                     "connect",
                                                     "proxy",
                                                     "weights",
                                                     "token",
                                                     "kind",
                                                     "locality",
                                                     "namespace",
                                                     "partition",
                                                     "socketpath",
                                                     "enabletagoverride",
                                                     "taggedaddresses",
                                                     "service",
                                                     "proxydestination"};

/// Those of which one at least must stand beside the name.
constexpr std::array<std::string_view, 7> telling = {"check", "checks", "connect",   "proxy",
                                                     "port",  "tags",   "socketpath"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view key) {
  return std::ranges::any_of(names, [&](std::string_view name) { return is_key(key, name); });
}

bool is_service(const HclNode& object) {
  bool tells = false;
  for (const HclEntry& entry : object.entries) {
    if (!is_one_of(fields, entry.key)) return false;
    tells = tells || is_one_of(telling, entry.key);
  }
  const HclNode* name = find_value(object, "name");
  return tells && name != nullptr && name->kind == HclNode::Kind::string;
}

bool declares_services(const HclEntry& entry) {
  return entry.labels.empty() && (is_key(entry.key, "service") || is_key(entry.key, "services"));
}

/// Whether all that is declared are services, and there is one at least.
bool has_services(const HclNode& root) {
  std::size_t services = 0;
  for (const HclEntry& entry : root.entries) {
    if (!declares_services(entry)) continue;
    bool all = entry.value.kind == HclNode::Kind::object || entry.value.kind == HclNode::Kind::list;
    for_each_object(entry.value, [&](const HclNode& one) {
      ++services;
      all = all && is_service(one);
    });
    if (!all) return false;
  }
  return services > 0;
}

}  // namespace

bool is_consul(std::string_view path, std::string_view text) {
  const std::string_view name = file_name(path);
  if (!name.ends_with(".hcl") && !name.ends_with(".json")) return false;
  if (text.size() > max_definition_size || text.find("service") == text.npos) return false;
  return has_services(read_hcl(Source(text)).root);
}

void read_consul(const Reading& reading) {
  const HclNode root = read_hcl(reading);
  for (const HclEntry& entry : root.entries) {
    if (!declares_services(entry)) continue;
    for_each_object(entry.value, [&](const HclNode& service) {
      const HclNode* name = find_value(service, "name");
      if (name == nullptr || name->kind != HclNode::Kind::string) return;
      if (name->has_template || has_placeholder(name->text.value)) return;
      DeclaredValue& declared = reading.definition.values.emplace_back();
      declared.text = name->text;
      declared.kind = Kind::service_name;
      declared.looked_up = false;
      declared.role = DeclaredRole::consul_service;
    });
  }
}

}  // namespace srvwarden::definition
