// The kind "http" of health checks: a page is there.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "health/probe_kinds.hpp"

namespace srvwarden::daemon {

std::optional<HealthFault> http_fault(const HealthSettings& settings);
std::shared_ptr<Probe> make_http_probe(boost::asio::io_context& context,
                                       const HealthSettings& settings);

}  // namespace srvwarden::daemon
