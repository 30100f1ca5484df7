// Instances as JSON that loses nothing, for baselines and for the database.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "rules/snapshot.hpp"

namespace srvwarden::history {

/// {"services","addresses","txt","subtypes"}, texts of octets as octets_text has them. The name and
/// whether it is gone are not in it.
nlohmann::ordered_json to_json(const rules::SeenInstance& instance);

/// Reads such an object strictly.
///
/// @param instance  its lists are set.
/// @return          what is wrong, with the path of the place ("/services/0/port: ..."); or
/// nothing.
std::string from_json(const nlohmann::ordered_json& json, rules::SeenInstance& instance);

}  // namespace srvwarden::history
