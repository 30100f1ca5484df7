// Reader of Nomad's job files: names of services, labels of ports.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include "definition/formats.hpp"
#include "definition/hcl_tree.hpp"
#include "definition/readers.hpp"
#include "definition/unicode_text.hpp"

namespace srvwarden::definition {
namespace {

/// Blocks whose content is not Nomad's own.
constexpr std::array<std::string_view, 6> foreign = {"config",   "meta",      "env",
                                                     "template", "variables", "locals"};

class NomadReader {
 public:
  explicit NomadReader(const Reading& reading) : reading_(reading) {}

  void walk(const HclNode& node) {
    for (const HclEntry& entry : node.entries) {
      const auto is = [&](std::string_view key) { return is_key(entry.key, key); };
      if (std::ranges::any_of(foreign, is)) continue;
      if (is("service") || is("services")) {
        for_each_object(entry.value, [this](const HclNode& service) { name_of_service(service); });
      } else if (is("network") || is("networks")) {
        ++group_;
        for_each_object(entry.value, [this](const HclNode& network) { ports(network); });
      }
      walk(entry.value);
    }
  }

 private:
  void name_of_service(const HclNode& service) {
    const HclNode* name = find_value(service, "name");
    if (name == nullptr || name->kind != HclNode::Kind::string || name->has_template) return;
    if (!name->text.value.empty()) add(name->text, DeclaredRole::nomad_service, 0);
  }

  /// port "http" { }, or in JSON either {"port": {"http": {}}} or a list with "Label".
  void ports(const HclNode& network) {
    for (const HclEntry& entry : network.entries) {
      if (is_key(entry.key, "port") && !entry.labels.empty()) {
        add(entry.labels.front(), DeclaredRole::nomad_port, group_);
      }
      if (!is_key(entry.key, "reservedports") && !is_key(entry.key, "dynamicports")) continue;
      for_each_object(entry.value, [this](const HclNode& port) {
        const HclNode* label = find_value(port, "label");
        if (label != nullptr && label->kind == HclNode::Kind::string) {
          add(label->text, DeclaredRole::nomad_port, group_);
        }
      });
    }
  }

  void add(const DefinitionText& text, DeclaredRole role, std::size_t group) {
    if (has_placeholder(text.value)) return;
    DeclaredValue& declared = reading_.definition.values.emplace_back();
    declared.text = text;
    declared.kind = Kind::service_name;
    declared.looked_up = false;
    declared.group = group;
    declared.role = role;
  }

  const Reading& reading_;
  std::size_t group_ = 0;
};

}  // namespace

bool is_nomad(std::string_view path, std::string_view text) {
  const std::string_view name = file_name(path);
  return std::ranges::any_of(std::array<std::string_view, 3>{".nomad", ".nomad.hcl", ".nomad.json"},
                             [&](std::string_view end) { return name.ends_with(end); }) ||
         (name.ends_with(".hcl") && first_text(text).starts_with("job \""));
}

void read_nomad(const Reading& reading) { NomadReader(reading).walk(read_hcl(reading)); }

}  // namespace srvwarden::definition
