// Reading policies: the root, [severity] and [[expect]].
// SPDX-License-Identifier: Apache-2.0
#include "rules/link_policy.hpp"

#include <array>
#include <utility>

#include "core/concat.hpp"
#include "rules/link_rules.hpp"
#include "rules/toml_values.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/service_type.hpp"
#include "srvwarden/txt_string.hpp"

namespace srvwarden::rules {

namespace {

using Level = std::optional<Severity>;

std::optional<Level> level_of(const TomlValue& value) {
  return value.one_of<Level>({{"off", std::nullopt},
                              {"info", Severity::info},
                              {"warning", Severity::warning},
                              {"error", Severity::error}});
}

/// The rule of an id or a name; null with a fault where none of a link's has it.
const RuleInfo* link_rule(TomlReading& reading, const toml::key& key) {
  std::vector<std::string_view> names;
  for (const auto& row : link_rules()) {
    if (ascii::equal(row.info.id, key.str()) || row.info.name == key.str()) return &row.info;
    names.push_back(row.info.id);
  }
  for (const auto& row : link_rules()) names.push_back(row.info.name);
  fail_unknown(reading, key, names);
  return nullptr;
}

void take_severities(const TomlValue& value, LinkPolicy& policy) {
  const toml::table* table = value.table();
  if (table == nullptr) return;
  for (const auto& [key, node] : *table) {
    const RuleInfo* rule = link_rule(value.reading(), key);
    if (rule == nullptr) continue;
    const TomlValue one(value.reading(), key.str(), node);
    if (policy.severities.contains(rule->id)) {
      one.fail(concat({"is about ", rule->id, ", whose severity is given twice"}));
    } else if (const auto level = level_of(one)) {
      policy.severities.emplace(rule->id, *level);
    }
  }
}

void take_unexpected(const TomlValue& value, LinkPolicy& policy) {
  const auto level = level_of(value);
  if (!level) return;
  if (!policy.severities.emplace(unexpected_rule, *level).second) {
    value.fail(concat({"is about ", unexpected_rule, ", whose severity is given twice"}));
  }
}

void take_type(const TomlValue& value, Expectation& into) {
  const auto text = value.text();
  if (!text) return;
  const bool is_pattern = text->find_first_of("*?\\") != text->npos;
  if (!is_pattern && !ServiceType::parse(*text)) {
    return value.fail("must be a service type, such as \"_ipp._tcp\", or a pattern with * and ?");
  }
  into.type = *text;
}

void take_txt_key(const TomlValue& value, std::string_view key, Expectation& into) {
  const auto text = value.node().value_exact<std::string>();
  const bool any = value.node().value_exact<bool>() == true;
  if (!text && !any) return value.fail("must be the value in quotes, or true for any");
  const std::string string = concat({key, text ? "=" : "", text.value_or("")});
  if (key.empty() || key.find('=') != key.npos || !TxtString::parse(string)) {
    return value.fail("and its value must fit a TXT record: 1 to 255 bytes, a key of ASCII");
  }
  into.txt.push_back({std::string(key), text});
}

void take_txt(const TomlValue& value, Expectation& into) {
  const toml::table* table = value.table();
  if (table == nullptr) return;
  for (const auto& [key, node] : *table) {
    take_txt_key(TomlValue(value.reading(), key.str(), node), key.str(), into);
  }
}

constexpr std::array<TomlKey<Expectation>, 5> expect_rows = {{
    {"type", take_type},
    {"instance",
     [](const TomlValue& value, Expectation& into) { into.instance = value.text().value_or(""); }},
    {"host",
     [](const TomlValue& value, Expectation& into) { into.host = value.text().value_or(""); }},
    {"port",
     [](const TomlValue& value, Expectation& into) {
       if (const auto port = value.number(0, 65535)) into.port = static_cast<std::uint16_t>(*port);
     }},
    {"txt", take_txt},
}};

void take_expectations(const TomlValue& value, LinkPolicy& policy) {
  const toml::array* list = value.tables();
  if (list == nullptr) return;
  for (const toml::node& node : *list) {
    Expectation one;
    one.at = value.reading().file().place_of(node);
    const toml::table& table = *node.as_table();
    take_table(value.reading(), table, std::span<const TomlKey<Expectation>>(expect_rows), one);
    if (!table.contains("type") && !table.contains("instance")) {
      TomlValue(value.reading(), "expect", node)
          .fail("must say what it is about by \"type\" or \"instance\"");
    }
    policy.expected.push_back(std::move(one));
  }
}

constexpr std::array<TomlKey<LinkPolicy>, 3> root_rows = {{
    {"severity", take_severities},
    {"unexpected", take_unexpected},
    {"expect", take_expectations},
}};

}  // namespace

std::optional<Severity> LinkPolicy::severity_of(const RuleInfo& rule) const {
  const auto found = severities.find(rule.id);
  return found == severities.end() ? std::optional(rule.severity) : found->second;
}

PolicyReading read_link_policy(std::string_view toml, std::string path) {
  PolicyReading result;
  result.policy.path = std::move(path);
  TomlReading reading(toml, result.policy.path);
  if (reading.file().good()) {
    take_table(reading, reading.file().root(), std::span<const TomlKey<LinkPolicy>>(root_rows),
               result.policy);
  } else {
    reading.fail(reading.file().fault().at, reading.file().fault().message);
  }
  for (TomlFault& fault : reading.take_faults()) {
    result.faults.push_back({fault.at, std::move(fault.message)});
  }
  return result;
}

}  // namespace srvwarden::rules
