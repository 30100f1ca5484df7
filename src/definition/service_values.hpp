// ServiceValues: one service that is given as values, made a definition like those of files.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "srvwarden/definition.hpp"

namespace srvwarden {

struct ServiceValues {
  std::string instance;  ///< raw UTF-8; nothing in it is a wildcard
  std::string type;
  std::string port;  ///< decimal, if it is right
  std::vector<std::string> txt;
  std::vector<std::string> subtypes;  ///< "_printer", or whole: "_printer._sub._ipp._tcp"
  std::string domain;                 ///< empty: the default
  std::string host;                   ///< empty: this host
};

/// Where a value stands in the text that findings count in.
struct ValuePart {
  std::string_view name;  ///< "INSTANCE", "TYPE", ...
  std::size_t offset = 0;
  std::size_t length = 0;
};

struct ValuesDefinition {
  std::string text;  ///< the values, one after another, a line feed between them
  std::vector<ValuePart> parts;
  Definition definition;  ///< for check_definition(); its path is empty
};

ValuesDefinition definition_of(const ServiceValues& values);

/// The same as a file of avahi.service(5).
///
/// @return  empty where XML cannot say it: control characters where they have no place anyway.
std::string avahi_file_of(const ServiceValues& values);

}  // namespace srvwarden
