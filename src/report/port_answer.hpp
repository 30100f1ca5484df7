// PortAnswer: who has a port, in words and as JSON.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "srvwarden/registry.hpp"

namespace srvwarden::report {

/// A port that is asked for, of one transport or of all.
struct AskedPort {
  std::uint16_t port = 0;
  std::optional<RegistryTransport> transport;

  /// "631", "631/tcp"; case ignored. Nothing where it is neither.
  static std::optional<AskedPort> parse(std::string_view text);
};

/// What the port is, and each row about it: "631/tcp: assigned, a system port" and so on. Ends
/// with a line feed.
std::string port_text(const Registry& registry, AskedPort asked);

/// {"port","transport","state","range","experimental","unauthorized_use","rows"}. state:
/// "assigned", "reserved", "unassigned" or "dynamic"; range: "system", "user" or "dynamic". RFC
/// 6335 §6.
nlohmann::ordered_json port_json(const Registry& registry, AskedPort asked);

}  // namespace srvwarden::report
