// Reading .srvwarden.toml.
// SPDX-License-Identifier: Apache-2.0
#include "tool/lint_config.hpp"

#include <array>
#include <filesystem>
#include <utility>

#include "core/concat.hpp"
#include "report/terminal.hpp"
#include "rules/toml_file.hpp"
#include "srvwarden/catalogue.hpp"
#include "srvwarden/definition.hpp"
#include "srvwarden/service_type.hpp"
#include "tool/command.hpp"
#include "tool/overlay_files.hpp"

namespace srvwarden::tool {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 7> known_keys = {"advice",   "context", "fail-on", "ignore",
                                                        "overlays", "rules",   "services"};

class ConfigReader {
 public:
  ConfigReader(std::string_view text, const std::string& path) : toml_(text) {
    config_.path = path;
    std::error_code ignored;
    config_.folder = fs::absolute(path, ignored).lexically_normal().parent_path().string();
    if (!config_.folder.ends_with('/')) config_.folder += '/';
  }

  std::optional<LintConfig> run() {
    if (!toml_.good()) {
      fail(toml_.fault().at, toml_.fault().message);
    } else {
      for (const rules::TomlFault& fault : toml_.unknown_keys(toml_.root(), known_keys)) {
        fail(fault.at, fault.message +
                           "; there are: advice, context, fail-on, ignore, overlays, "
                           "rules, services");
      }
      for (const auto& [key, node] : toml_.root()) read(key.str(), node);
    }
    if (failed_) return {};
    return std::move(config_);
  }

 private:
  void fail(Place at, std::string_view message) {
    complain(concat({report::shown(config_.path), ":", std::to_string(at.line), ":",
                     std::to_string(at.column), ": ", report::shown(message)}));
    failed_ = true;
  }
  void fail(const toml::node& node, std::string_view message) {
    fail(toml_.place_of(node), message);
  }

  void read(std::string_view key, const toml::node& node) {
    if (key == "rules") read_rules(node);
    if (key == "ignore") read_ignore(key, node);
    if (key == "overlays") read_overlays(key, node);
    if (key == "services") read_services(key, node);
    if (key == "advice") {
      const auto value = node.value_exact<bool>();
      if (!value) fail(node, "\"advice\" must be true or false");
      config_.advice = value.value_or(false);
    }
    if (key == "fail-on") {
      config_.fail_on = one_of(key, node, {"error", "warning", "info", "never"});
    }
    if (key == "context") {
      const auto word = one_of(key, node, {"mdns", "unicast"});
      if (word) config_.context = *word == "mdns" ? Context::mdns : Context::unicast;
    }
  }

  std::optional<std::string> one_of(std::string_view key, const toml::node& node,
                                    std::initializer_list<std::string_view> words) {
    const auto value = node.value_exact<std::string>();
    std::string all;
    for (const std::string_view word : words) {
      if (value && *value == word) return value;
      all.append(all.empty() ? "" : ", ").append(word);
    }
    fail(node, concat({"\"", key, "\" must be one of ", all}));
    return {};
  }

  std::vector<std::string> strings(std::string_view key, const toml::node& node) {
    std::vector<std::string> all;
    const toml::array* list = node.as_array();
    if (list == nullptr) fail(node, concat({"\"", key, "\" must be a list of strings"}));
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      const auto value = (*list)[i].value_exact<std::string>();
      if (value && !value->empty()) {
        all.push_back(*value);
      } else {
        fail((*list)[i], concat({"\"", key, "\" must hold strings that are not empty"}));
      }
    }
    return all;
  }

  void read_rules(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return fail(node, "\"rules\" must be a table: [rules]");
    for (const auto& [key, value] : *table) {
      const RuleInfo* rule = find_rule(key.str());
      if (rule == nullptr) {
        fail(value, concat({"there is no rule \"", key.str(), "\"; `srvwarden rules` lists them"}));
        continue;
      }
      const auto word = one_of(key.str(), value, {"off", "info", "warning", "error"});
      if (!word) continue;
      LintConfig::RuleSetting setting{rule, {}};
      for (const Severity severity : {Severity::info, Severity::warning, Severity::error}) {
        if (*word == name_of(severity)) setting.severity = severity;
      }
      config_.rules.push_back(setting);
    }
  }

  void read_ignore(std::string_view key, const toml::node& node) {
    config_.ignore = strings(key, node);
    for (std::string& pattern : config_.ignore) {
      if (pattern.starts_with("./")) pattern.erase(0, 2);
      if (pattern.starts_with('!') || pattern.starts_with("../")) {
        fail(node, concat({"\"", pattern,
                           "\": patterns are of what is passed over below here; there "
                           "are none with \"!\" or \"..\""}));
      }
    }
  }

  void read_overlays(std::string_view key, const toml::node& node) {
    for (const std::string& given : strings(key, node)) {
      const fs::path path = overlay_path(given);  // absolute for one that came with srvwarden
      config_.overlays.push_back((fs::path(config_.folder) / path).lexically_normal().string());
    }
  }

  void read_services(std::string_view key, const toml::node& node) {
    for (const std::string& text : strings(key, node)) {
      const auto type = ServiceType::parse(text);
      if (!type) {
        fail(node, concat({"\"", text, "\" is no service type, such as \"_example._tcp\""}));
        continue;
      }
      OverlayService service;
      service.at = toml_.place_of(node);
      service.name = type->name().text();
      const bool udp = type->transport() == Transport::udp;
      service.transports = {udp ? RegistryTransport::udp : RegistryTransport::tcp};
      service.title = "private, by " + config_.path;
      config_.services.push_back(std::move(service));
    }
  }

  rules::TomlFile toml_;
  LintConfig config_;
  bool failed_ = false;
};

}  // namespace

std::optional<LintConfig> read_lint_config(const std::string& path) {
  std::string text;
  if (const std::error_code error = read_definition_file(path, text, rules::TomlFile::max_size)) {
    complain("cannot read " + report::shown(path) + ": " + error.message());
    return {};
  }
  return ConfigReader(text, path).run();
}

}  // namespace srvwarden::tool
