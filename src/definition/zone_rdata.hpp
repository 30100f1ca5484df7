// RDATA of master files: fields of the types that the rules read, each with its place.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "definition/zone_lexer.hpp"

namespace srvwarden::definition {

/// Fills the fields of `record`, whose type is set. Of SRV records any number of any fields is
/// taken: they have rules of their own.
///
/// @param type    the token of the type, where what is missing is reported.
/// @param origin  of relative names; empty if it is not known.
void read_rdata(const Source& source, ZoneProblems& problems, const ZoneToken& type,
                std::span<const ZoneToken> tokens, std::string_view origin, ZoneRecord& record);

/// Reports a relative name that ends as the origin does: "www.example.com" below "example.com.".
void report_doubled_origin(ZoneProblems& problems, const ZoneToken& name, std::string_view origin);

}  // namespace srvwarden::definition
