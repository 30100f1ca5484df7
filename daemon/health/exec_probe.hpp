// The kind "exec" of health checks: a program ends with exit status 0.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "health/probe_kinds.hpp"

namespace srvwarden::daemon {

std::optional<HealthFault> exec_fault(const HealthSettings& settings);
std::shared_ptr<Probe> make_exec_probe(boost::asio::io_context& context,
                                       const HealthSettings& settings);

}  // namespace srvwarden::daemon
