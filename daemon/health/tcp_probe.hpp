// The kind "tcp" of health checks: a TCP connection is accepted.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "health/probe_kinds.hpp"

namespace srvwarden::daemon {

std::optional<HealthFault> tcp_fault(const HealthSettings& settings);
std::shared_ptr<Probe> make_tcp_probe(boost::asio::io_context& context,
                                      const HealthSettings& settings);

}  // namespace srvwarden::daemon
