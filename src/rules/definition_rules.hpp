// Subjects of the definition rules (DF): what is wrong with a file, whatever its values are.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "rules/rule.hpp"
#include "srvwarden/definition.hpp"

namespace srvwarden::rules {

/// An instance name with wildcards. Places count in its text.
struct InstanceTemplate {
  std::size_t fixed_size;  ///< octets that no wildcard stands for
  std::size_t host_names;  ///< wildcards that stand for the host name
  std::size_t text_size;
};

/// A subtype as Avahi has it written and the type of its service. Places count in the subtype.
struct SubtypeOfType {
  std::string_view subtype;  ///< "_printer._sub._ipp._tcp"
  std::string_view type;     ///< "_ipp._tcp"
};

/// A service and those of the same file before it. Places count in its type.
struct ServiceAmongOthers {
  const ServiceDefinition& service;
  std::span<const ServiceDefinition> earlier;
};

/// One row for each ProblemCode, with the reader's words as the detail. Places count in the file.
Table<Problem> definition_problem_rules();
Table<InstanceTemplate> instance_template_rules();
Table<SubtypeOfType> subtype_of_type_rules();
Table<ServiceAmongOthers> service_among_others_rules();

/// What stands behind "._sub." in a subtype, or nothing.
std::string_view type_of_subtype(std::string_view subtype);

}  // namespace srvwarden::rules
