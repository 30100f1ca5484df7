// Records in words: what a PTR, SRV, TXT or address record says, for people.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/story/scene.hpp"

namespace srvwarden::rules::story {

/// What differs between two records of one type: a TXT key, or a field.
struct Change {
  std::string what;  ///< "TXT key path", "port", "target"; raw octets
  std::string from;  ///< empty where it is new
  std::string to;    ///< empty where it is gone
  bool had = true;   ///< false: it is new
  bool has = true;   ///< false: it is gone
};

/// The fields of SRV RDATA and its target, or nothing where it is malformed.
struct ServiceWords {
  wire::SrvFields fields;
  std::string host;  ///< presentation form
};
std::optional<ServiceWords> service_words(std::string_view rdata);

/// In a line: "SRV pi.local. port 631", "TXT 3 keys", "A 10.77.0.1". Raw octets may be in it.
/// Of a type or a host it says whose record it is.
std::string short_words(const PartSeen& record, SubjectKind about = SubjectKind::instance);
/// All of it: "SRV 0 0 631 pi.local.", "TXT path=/ txtvers=1".
std::string full_words(const PartSeen& record, SubjectKind about = SubjectKind::instance);
/// The RDATA alone.
std::string rdata_words(wire::Type type, std::string_view rdata);

/// What a later record of the same owner and type says otherwise.
std::vector<Change> changes_between(wire::Type type, std::string_view before,
                                    std::string_view after);

}  // namespace srvwarden::rules::story
