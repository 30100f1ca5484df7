// The comparison of two snapshots: what came, went, moved and changed between them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/snapshot.hpp"

namespace srvwarden::rules {

enum class ChangeKind : std::uint8_t {
  appeared,   ///< it was never there
  gone,       ///< it is not announced any more
  back,       ///< it was gone
  moved,      ///< another host or port
  addresses,  ///< its host has other addresses
  txt,        ///< keys of the TXT record
  subtypes,
};

/// "new", "gone", "back", "moved", "addresses", "txt" or "subtypes".
std::string_view name_of(ChangeKind kind) noexcept;

/// One thing that is otherwise than before. Raw octets.
struct FieldChange {
  std::string_view field;             ///< "host", "port", "service", "address", "txt", "subtype"
  std::optional<std::string> before;  ///< of a TXT key its string, "key=value" or "key"
  std::optional<std::string> after;   ///< nothing: it is gone

  friend bool operator==(const FieldChange&, const FieldChange&) = default;
};

struct Change {
  ChangeKind kind = ChangeKind::appeared;
  std::string name;  ///< of the instance, as the later snapshot spells it where it has it
  std::vector<FieldChange> fields;
};

/// What is otherwise, by name, and of one name by kind.
///
/// What is not known is no change: where one of the two has neither SRV nor TXT data of an
/// instance, these are not compared. TXT keys count once, without regard to case. RFC 6763 §6.4.
///
/// @param absence  false: that something is missing in `now` says nothing.
std::vector<Change> changes_between(const Snapshot& before, const Snapshot& now,
                                    bool absence = true);

/// "port 80 -> 81; txt \"a=1\" added": UTF-8 without control characters, as octets_text has it.
std::string described(const std::vector<FieldChange>& fields);

}  // namespace srvwarden::rules
