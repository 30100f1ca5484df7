// Our own table's layout: what its reader and its writer agree on.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "srvwarden/registry_record.hpp"

namespace srvwarden::registry {

inline constexpr std::string_view tsv_first_line = "# srvwarden registry table, version 2\n";
inline constexpr std::string_view tsv_edition = "# edition: ";
inline constexpr std::string_view tsv_no_edition = "unknown";
inline constexpr std::string_view tsv_rows = "# rows: ";  ///< so that a cut file is known as one

/// For people; the reader skips any comment lines here.
inline constexpr std::string_view tsv_comments =
    "#\n"
    "# Facts of IANA's Service Name and Transport Protocol Port Number Registry (RFC 6335), which "
    "is\n"
    "# under CC0 1.0. Written by `srvwarden registry import`; without the contacts\n"
    "# and the notes.\n"
    "#\n"
    "# UTF-8, LF, one tab between columns; empty columns at the end of a line are left out.\n"
    "# A line is one row of IANA's table, or several adjacent ones that differ in transport "
    "alone:\n"
    "#   name          as registered, case and all; empty where a port has none\n"
    "#   port          empty, a number, or first-last\n"
    "#   transport     empty (not stated), or tcp udp sctp dccp, with commas, in the rows' order\n"
    "#   title         the description's words on one line\n"
    "#   assignee      IANA's keys of persons and organizations, [IESG]\n"
    "#   contact       the same\n"
    "#   registered    YYYY-MM or YYYY-MM-DD\n"
    "#   modified      the same\n"
    "#   references    as registered, [RFC3501][RFC9051]\n"
    "#   status        empty: assigned where there is a name, unassigned where there is none; "
    "else\n"
    "#                 reserved removed local-use unofficial historic-alias duplicate "
    "not-a-service\n"
    "#   replacement   the name to use instead of an alias or a duplicate\n"
    "#   unauthorized  yes: used without an assignment (RFC 6335 section 8.1.1); or the ports, "
    "where\n"
    "#                 not all of the row's are meant\n"
    "#   code          DCCP service code, decimal\n"
    "#   txt-keys      the defined TXT keys, in the form that srvwarden-registry(5) describes\n";

inline constexpr std::array<std::string_view, 14> tsv_columns = {
    "name",     "port",       "transport", "title",       "assignee",     "contact", "registered",
    "modified", "references", "status",    "replacement", "unauthorized", "code",    "txt-keys",
};

/// The status of a row whose column is empty.
constexpr RegistryStatus default_status(bool named) noexcept {
  return named ? RegistryStatus::assigned : RegistryStatus::unassigned;
}

/// Whether two rows differ in nothing but the transport.
constexpr bool same_but_transport(const RegistryRecord& a, RegistryRecord b) noexcept {
  b.transport = a.transport;
  return a == b;
}

}  // namespace srvwarden::registry
