// CSV for tests: a header in IANA's order and rows below it; and how tests print values.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "srvwarden/registry_table.hpp"

namespace srvwarden {

inline std::ostream& operator<<(std::ostream& out, RegistryIssue issue) {
  return out << name_of(issue);
}
inline std::ostream& operator<<(std::ostream& out, RegistryStatus status) {
  return out << name_of(status);
}

}  // namespace srvwarden

namespace registry_tests {

inline constexpr std::string_view header =
    "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,"
    "Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes\r\n";

/// The header and then these lines.
inline std::string csv(std::string_view rows) { return std::string(header) + std::string(rows); }

/// Rows of every kind: merged ones, ranges, quotes, line breaks, aliases, names without a port.
inline constexpr std::string_view mixed_rows =
    ",0,tcp,Reserved,,,,2024-12-20,[RFC6335],,,\r\n"
    ",0,udp,Reserved,,,,2024-12-20,[RFC6335],,,\r\n"
    "hammer,40,tcp,Hammer Time,[A_Smith],[A_Smith],2001-02,,,,,\r\n"
    "hammer,40,udp,Hammer Time,[A_Smith],[A_Smith],2001-02,,,,,\r\n"
    "hammer,40,sctp,Hammer,,,,2020-02-29,[RFC1][RFC2],,,\r\n"
    "anvil_set,41,tcp,Anvil,,,,,,,,\"This entry is an alias to \"\"anvil-set\"\".\n"
    "This entry is now historic.\"\r\n"
    "anvil-set,41,tcp,\"Anvil\n    IANA assigned this well-formed service name as a replacement "
    "for \"\"anvil_set\"\".\",,,,,,,,\r\n"
    ",42-49,,Unassigned,,,,,,,,\r\n"
    "tongs,50-60,udp,\"Tongs, \"\"long\"\"\",,,,,,,Known Unauthorized Use on port 55,\r\n"
    "Bellows,,dccp,Bellows \xC3\xA9,,,2011-01-31,,,4294967295,yes,Defined TXT keys: None\r\n"
    "forge,,,Forge,,,,,,,,Not a service type. Special name.\r\n";

}  // namespace registry_tests
