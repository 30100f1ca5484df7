// The kind "unix" of health checks: a connection to a local stream socket is accepted.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "health/probe_kinds.hpp"

namespace srvwarden::daemon {

std::optional<HealthFault> unix_fault(const HealthSettings& settings);
std::shared_ptr<Probe> make_unix_probe(boost::asio::io_context& context,
                                       const HealthSettings& settings);

}  // namespace srvwarden::daemon
