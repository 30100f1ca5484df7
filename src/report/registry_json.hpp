// Rows, services and TXT keys of the registry as JSON values. What is not stated is null.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "srvwarden/registry.hpp"
#include "srvwarden/registry_service.hpp"

namespace srvwarden::report {

/// A port is a number, a range a string, "6000-6063".
nlohmann::ordered_json to_json(PortRange ports);

/// {"status","keys":[{"key","kind","value","type","values","optional","series"}],"reference"}; the
/// status of a service without a definition is "unstated".
nlohmann::ordered_json to_json(const TxtKeys& keys);

/// One row: {"name","ports","transport","kind","title","replacement","assignee","contact",
/// "registered","modified","references","service_code","unauthorized_use","txt_keys"}.
nlohmann::ordered_json to_json(const RegistryRecord& record);

/// All rows of a name: {"name","transports","ports","kind","title","replacement","registered",
/// "modified","references","service_code","unauthorized_use","txt_keys"}.
nlohmann::ordered_json to_json(const RegistryService& service);

/// {"name","title","distance"}.
nlohmann::ordered_json to_json(const Suggestion& suggestion);

}  // namespace srvwarden::report
