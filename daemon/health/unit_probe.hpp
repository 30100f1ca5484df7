// The kind "systemd" of health checks: systemd says that a unit is active.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "health/probe_kinds.hpp"

namespace srvwarden::daemon {

std::optional<HealthFault> unit_fault(const HealthSettings& settings);
std::shared_ptr<Probe> make_unit_probe(boost::asio::io_context& context,
                                       const HealthSettings& settings);

}  // namespace srvwarden::daemon
