// RegistryService: what all rows of one registered name say together.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "srvwarden/registry.hpp"
#include "srvwarden/txt_keys.hpp"

namespace srvwarden {

/// A registered service. The registry has a row for each port and transport of it, and rows may
/// differ; each member says how they become one. Views are valid while a Registry of the table
/// lives.
struct RegistryService {
  std::string_view name;                      ///< as the first row spells it
  std::vector<RegistryTransport> transports;  ///< each that a row states, once, in order
  std::vector<PortRange> ports;               ///< each that a row states, once, in order
  /// The one that matters most to who uses the name, as NameStanding: not-a-service,
  /// historic-alias, duplicate, assigned, unofficial, local-use, reserved, removed, unassigned.
  RegistryStatus status = RegistryStatus::assigned;
  std::string_view title;                    ///< of the first row that has one
  std::string_view replacement;              ///< of the first row that has one
  RegistryDate registered;                   ///< the first of the rows' dates
  RegistryDate modified;                     ///< the last of the rows' dates
  std::vector<std::string_view> references;  ///< those of all rows, each once: "RFC8011"
  std::uint32_t service_code = 0;            ///< of the first row that has one
  bool unauthorized_use = false;             ///< of any row
  TxtKeys txt_keys;                          ///< those of all rows: see merge()
};

/// The service that rows of one name make. The range must not be empty.
RegistryService service_of(const RegistryRecords& records);

/// Every registered name, in the order of its first row.
std::vector<RegistryService> services_of(const Registry& registry);

/// "[RFC3501][RFC9051]" is two, each once, without the brackets; what stands outside brackets is
/// one, too. Views into the text.
std::vector<std::string_view> references_in(std::string_view text);

/// Two definitions of one service's TXT keys as one. The same definition, or one that is stated
/// beside one that is not, stays what it is. If they differ, the keys of both are listed and the
/// set is open; of a key that they define differently, nothing is known but its name.
TxtKeys merge(const TxtKeys& a, const TxtKeys& b);

/// What a row's txt_keys say; prose where the text is not the canonical form.
TxtKeys txt_keys_of(const RegistryRecord& record);

}  // namespace srvwarden
