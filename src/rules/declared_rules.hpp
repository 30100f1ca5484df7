// Subjects of the rules about names that a file declares: of ports, of services, of Bonjour types.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "rules/rule.hpp"
#include "srvwarden/definition.hpp"
#include "srvwarden/registry.hpp"

namespace srvwarden::rules {

/// A declared value in its role. Places count in its text.
struct DeclaredName {
  std::string_view text;
  DeclaredRole role;
  const Registry* registry;  ///< null: nothing is looked up
};

/// A value and the first of its group that is the same; null: there is none before it.
struct DeclaredAgain {
  const DeclaredValue& value;
  const DeclaredValue* first;
};

/// An entry of NSBonjourServices taken apart. Places count in the whole text.
struct BonjourType {
  std::string_view text;
  Span type;            ///< "_ipp._tcp" in it; all of it where it has no transport
  bool has_subtype;     ///< written as a subtype: with "_sub", or behind a comma
  bool is_enumeration;  ///< "_services._dns-sd._udp": asks for all types
};

BonjourType split_bonjour_type(std::string_view text);

/// Rows for what readers of app bundles and deployments report. Places count in the file.
Table<Problem> deployment_problem_rules();
Table<DeclaredName> declared_name_rules();
Table<DeclaredAgain> declared_again_rules();
Table<BonjourType> bonjour_type_rules();

}  // namespace srvwarden::rules
