// Reading srvwardend.toml: [[service]].
// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "config/config_keys.hpp"
#include "core/concat.hpp"
#include "srvwarden/catalogue.hpp"
#include "srvwarden/domain_name.hpp"
#include "srvwarden/host_name.hpp"

namespace srvwarden::daemon {

namespace {

std::string why(Errc code) {
  const RuleInfo* rule = find_rule(rule_id(code));
  return rule == nullptr ? "" : concat({": ", rule->message, " [", rule->id, "]"});
}

void take_host(const TomlValue& value, ServiceSettings& service) {
  auto name = value.text();
  if (!name) return;
  if (const auto parsed = HostName::parse(*name); !parsed) {
    return value.fail(
        concat({"must be a host's full name, such as \"nas.local\"", why(parsed.error().code)}));
  }
  service.host = std::move(name);
}

void take_domain(const TomlValue& value, ServiceSettings& service) {
  auto name = value.text();
  if (!name) return;
  const auto parsed = DomainName::parse(*name);
  if (!parsed || *name == ".") {
    return value.fail(concat(
        {"must be a domain name, such as \"local\"", parsed ? "" : why(parsed.error().code)}));
  }
  service.domain = std::move(name);
}

/// Patterns of files are compared with absolute paths.
void take_file(const TomlValue& value, ServiceSettings& service) {
  const auto pattern = value.text();
  if (!pattern) return;
  const bool is_path = pattern->find('/') != pattern->npos;
  service.file = is_path ? absolute(value.reading().folder(), *pattern) : *pattern;
}

constexpr std::array<TomlKey<ServiceSettings>, 8> service_rows = {{
    {"instance", [](const TomlValue& value,
                    ServiceSettings& into) { into.instance = value.text().value_or(""); }},
    {"type",
     [](const TomlValue& value, ServiceSettings& into) { into.type = value.text().value_or(""); }},
    {"file", take_file},
    {"interfaces",
     [](const TomlValue& value, ServiceSettings& into) { into.interfaces = interfaces_of(value); }},
    {"protocol",
     [](const TomlValue& value, ServiceSettings& into) {
       into.protocol = value.one_of<Protocol>(
           {{"any", Protocol::any}, {"ipv4", Protocol::ipv4}, {"ipv6", Protocol::ipv6}});
     }},
    {"host", take_host},
    {"domain", take_domain},
    {"health", take_health},
}};

}  // namespace

void take_services(const TomlValue& value, Config& config) {
  const toml::array* list = value.tables();
  if (list == nullptr) return;
  for (const toml::node& node : *list) {
    ServiceSettings service;
    service.line = value.reading().file().place_of(node).line;
    const toml::table& table = *node.as_table();
    take_table(value.reading(), table, service_keys(), service);
    if (!table.contains("instance") && !table.contains("type") && !table.contains("file")) {
      TomlValue(value.reading(), "service", node)
          .fail(
              "must say what it is about by \"instance\", \"type\" or \"file\"; instance = "
              "\"*\" is all");
    }
    config.services.push_back(std::move(service));
  }
}

std::span<const TomlKey<ServiceSettings>> service_keys() noexcept { return service_rows; }

}  // namespace srvwarden::daemon
