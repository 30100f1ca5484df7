// RDATA of master files: fields of the types that the rules read, each with its place.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "definition/zone_lexer.hpp"

namespace srvwarden::definition {

/// What is put behind relative names. RFC 1035 §5.1.
struct ZoneOrigin {
  std::string_view name;  ///< the last $ORIGIN, or the zone's; empty: not known
  std::string_view apex;  ///< the owner of the SOA record; empty: none was met
};

/// Fills the fields of `record`, whose type is set. Of SRV records any number of any fields is
/// taken: they have rules of their own.
///
/// @param type  the token of the type, where what is missing is reported.
void read_rdata(const Source& source, ZoneProblems& problems, const ZoneToken& type,
                std::span<const ZoneToken> tokens, const ZoneOrigin& origin, ZoneRecord& record);

/// Reports a relative name that ends as the origin does: "www.example.com" below "example.com.".
void report_doubled_origin(ZoneProblems& problems, const ZoneToken& name, const ZoneOrigin& origin);

}  // namespace srvwarden::definition
