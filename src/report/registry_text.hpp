// Rows of the registry as text for people.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "srvwarden/registry.hpp"
#include "srvwarden/txt_keys.hpp"

namespace srvwarden::report {

/// Rows that differ in nothing but the transport, told as one.
struct RowGroup {
  RegistryRecord row;                         ///< the first of them
  std::vector<RegistryTransport> transports;  ///< without those that state none
};
std::vector<RowGroup> group_rows(const RegistryRecords& records);

/// "ipp 631 tcp, udp: IPP (Internet Printing Protocol)", without a line feed.
std::string headline(const RowGroup& group);

/// The headline and, below it and indented, each fact that is stated. Ends with a line feed.
std::string row_text(const RowGroup& group);

/// What TXT keys are defined, one line a key, each line after `indent`. Empty for unstated.
std::string txt_keys_text(const TxtKeys& keys, const std::string& indent);

}  // namespace srvwarden::report
