// A declared value is judged as its kind of name, by the rules of its role, and within its group.
// SPDX-License-Identifier: Apache-2.0
#include "rules/check_declared.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/concat.hpp"
#include "rules/checkers.hpp"
#include "rules/declared_rules.hpp"
#include "rules/definition_text.hpp"
#include "rules/service_subjects.hpp"
#include "srvwarden/ascii.hpp"
#include "srvwarden/catalogue.hpp"
#include "srvwarden/registry.hpp"
#include "srvwarden/service_name.hpp"

namespace srvwarden::rules {
namespace {

class DeclaredCheck {
 public:
  DeclaredCheck(const CheckOptions& options, Findings& findings)
      : options_(options),
        policy_{Context::mdns, options.advice},
        findings_(findings),
        checkers_(options) {}

  void check(const DeclaredValue& value) {
    const DeclaredRole role = value.role;
    if (role == DeclaredRole::bonjour_type) check_bonjour_type(value.text);
    // Names in other roles are held to less than a service name.
    if (role == DeclaredRole::value || role == DeclaredRole::port_name) check_text(value);
    apply(declared_name_rules(), {value.text.value, role, options_.registry}, map_of(value.text));
    if (value.port.present) check_port(value);
    if (value.group != 0) check_again(value);
  }

 private:
  template <class Subject>
  void apply(Table<Subject> rows, const Subject& subject, const SourceMap& map) {
    run(rows, subject, policy_, map, findings_);
  }

  void check_as(Kind kind, std::string_view text, bool looked_up, const SourceMap& map) {
    Checker& checker = checkers_.in(options_.context, looked_up);
    for (const Finding& found : checker.check(kind, text)) {
      Finding& finding = findings_.emplace_back(found);
      finding.at = map(finding.at);
      for (Span& span : finding.more) span = map(span);
    }
  }

  void check_text(const DeclaredValue& value) {
    const std::string_view text = value.text.value;
    check_as(value.kind ? *value.kind : guess_kind(text), text, value.looked_up,
             map_of(value.text));
  }

  void check_port(const DeclaredValue& value) {
    const std::string_view text = value.port.value;
    std::uint16_t port = 0;
    if (!read_uint16(text, port)) {
      Report(*find_rule("SR007"), policy_, map_of(value.port), findings_)({0, text.size()});
      return;
    }
    const bool udp = value.transport == "udp";
    const bool known = udp || value.transport == "tcp";
    if (options_.registry == nullptr || !known || !ServiceName::parse(value.text.value)) return;
    apply(registry_port_rules(), {value.text.value, udp, port, text.size(), *options_.registry},
          map_of(value.port));
  }

  /// Of an entry with a subtype, only the type is judged as one.
  void check_bonjour_type(const DefinitionText& text) {
    const BonjourType parts = split_bonjour_type(text.value);
    if (parts.is_enumeration) return;
    const SourceMap map = map_of(text);
    std::vector<std::size_t> offsets;
    for (std::size_t i = 0; i <= parts.type.length; ++i) {
      offsets.push_back(map({parts.type.offset + i, 0}).offset);
    }
    check_as(Kind::service_type, parts.text.substr(parts.type.offset, parts.type.length), true,
             SourceMap(std::span(offsets)));
    apply(bonjour_type_rules(), parts, map);
  }

  void check_again(const DeclaredValue& value) {
    std::string key = concat({std::to_string(value.group), " ", value.text.value});
    if (value.role == DeclaredRole::bonjour_type) {  // names of the DNS; the others' case counts
      std::ranges::transform(key, key.begin(), [](char c) { return ascii::fold(c); });
      if (key.ends_with('.')) key.pop_back();
    }
    const auto [first, is_first] = seen_.try_emplace(std::move(key), &value);
    apply(declared_again_rules(), {value, is_first ? nullptr : first->second}, map_of(value.text));
  }

  const CheckOptions& options_;
  Policy policy_;
  Findings& findings_;
  Checkers checkers_;
  std::unordered_map<std::string, const DeclaredValue*> seen_;  ///< by group and text
};

}  // namespace

void check_declared(std::span<const DeclaredValue> values, const CheckOptions& options,
                    Findings& findings) {
  DeclaredCheck check(options, findings);
  for (const DeclaredValue& value : values) check.check(value);
}

}  // namespace srvwarden::rules
