// The TXT record of a service in a file: its strings, one by one and together.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "rules/rule.hpp"
#include "srvwarden/definition.hpp"

namespace srvwarden {
class Registry;
}

namespace srvwarden::rules {

/// The strings of one service, and what of it they are judged by.
struct ServiceTxt {
  std::span<const DefinitionText> strings;  ///< in the order of the file
  std::string_view type;                    ///< "_http._tcp", if it is one
  std::optional<std::uint16_t> port;
  std::string_view target;  ///< of its SRV record; empty: not known
  std::size_t at;           ///< of the service in the file
};

/// Every rule about TXT strings and records. Findings count bytes from the start of the file.
void check_service_txt(const ServiceTxt& txt, const Registry* registry, const Policy& policy,
                       Findings& findings);

}  // namespace srvwarden::rules
