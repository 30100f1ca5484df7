// The kinds of health checks: each one's name, what may be wrong with its settings, and its maker.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "health/health_settings.hpp"
#include "health/probe.hpp"

namespace srvwarden::daemon {

/// Which of the settings' fields is wrong, and why.
struct HealthFault {
  std::string_view field;  ///< "host", "port", "path", "command", "interval", "timeout", ...
  std::string words;       ///< a sentence's rest: "must start with '/'"
};

/// What a kind is. A new one is a row of the table in probe_kinds.cpp.
struct ProbeKind {
  HealthKind kind;
  std::string_view name;  ///< as configurations write it
  std::optional<HealthFault> (*fault)(const HealthSettings&);
  /// Settings without a fault, with the port filled in.
  std::shared_ptr<Probe> (*make)(boost::asio::io_context&, const HealthSettings&);
};

const ProbeKind& probe_kind(HealthKind kind) noexcept;
/// By its name, or null.
const ProbeKind* find_probe_kind(std::string_view name) noexcept;

/// The first fault of the settings, if any.
///
/// @param service_port  what a port of 0 stands for, in host order.
std::optional<HealthFault> health_fault(const HealthSettings& settings, std::uint16_t service_port);

/// A probe that was not started yet. The settings must have no fault.
std::shared_ptr<Probe> make_probe(boost::asio::io_context& context, HealthSettings settings,
                                  std::uint16_t service_port);

}  // namespace srvwarden::daemon
