// Counts of a registry, as text or JSON.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "srvwarden/registry.hpp"

namespace srvwarden::report {

struct RegistryStats {
  using Counts = std::vector<std::pair<std::string_view, std::size_t>>;

  RegistryDate edition;
  RegistryDate newest;  ///< of any row's dates
  std::size_t rows = 0;
  std::size_t named_rows = 0;
  std::size_t names = 0;
  std::size_t unauthorized_rows = 0;
  Counts rows_by_transport;
  Counts rows_by_status;
  Counts names_by_status;    ///< as RegistryService::status
  Counts names_by_txt_keys;  ///< as RegistryService::txt_keys
};

RegistryStats stats_of(const Registry& registry);
std::string stats_text(const RegistryStats& stats);
nlohmann::ordered_json stats_json(const RegistryStats& stats);

}  // namespace srvwarden::report
