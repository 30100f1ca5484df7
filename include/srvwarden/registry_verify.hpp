// Verifying an edition: contradictions between rows that each alone are well.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "srvwarden/registry.hpp"

namespace srvwarden {

/// What reading a file does not find, since it looks at a row alone; compare RegistryIssue.
enum class RegistryDoubt : std::uint8_t {
  shared_port,          ///< two names have the same port and transport, and none is an alias
  overlapping_ports,    ///< two ranges share ports, or a range has a port that another row is about
  chained_replacement,  ///< the name to use instead is itself to be replaced
  prose_txt_keys,       ///< the TXT keys are described in words that say nothing for sure
};

/// The word for it, such as "shared-port".
std::string_view name_of(RegistryDoubt doubt) noexcept;
/// A sentence that tells a newcomer what it means, without a full stop.
std::string_view sentence_of(RegistryDoubt doubt) noexcept;

struct RegistryContradiction {
  RegistryDoubt doubt = RegistryDoubt::shared_port;
  RegistryRecord row;
  RegistryRecord other;  ///< the earlier row of the two; empty where only one is concerned
};

/// In the order of ports and then of rows. Views are valid while a Registry of the table lives.
std::vector<RegistryContradiction> contradictions_of(const Registry& registry);

}  // namespace srvwarden
