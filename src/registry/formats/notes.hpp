// What IANA's descriptions and notes say of a row, beside its title.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "srvwarden/registry_record.hpp"

namespace srvwarden::registry {

struct NoteFacts {
  RegistryStatus status = RegistryStatus::assigned;
  std::string_view replacement;  ///< view into the note
};

/// Aliases, duplicates and special names, from a row's "Assignment Notes".
NoteFacts read_note(std::string_view note) noexcept;

/// The status of a row without a name, from its description; nothing if it says something else.
std::optional<RegistryStatus> status_of_port(std::string_view description) noexcept;

/// A description as one clean line, without the sentence that says what the name replaced.
/// Ill-formed UTF-8 becomes U+FFFD, and a word with an e-mail address is dropped.
std::string tidy_title(std::string_view description);

/// A reference list without the items that are e-mail addresses or texts of several lines.
std::string tidy_references(std::string_view references);

}  // namespace srvwarden::registry
