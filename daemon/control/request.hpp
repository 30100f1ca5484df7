// Request: one line of the control protocol, read strictly. No I/O.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "control/controlled.hpp"

namespace srvwarden::daemon {

enum class Verb : std::uint8_t {
  status,
  watch,
  metrics,
  version,
  reload,
  withdraw,
  announce,
  advertise,
};

/// "status", "watch", ...
std::string_view name_of(Verb verb) noexcept;
/// Whether it changes something, and is not for everybody.
bool is_order(Verb verb) noexcept;

struct Request {
  std::string id = "null";  ///< as JSON: null, an integer or a short string; answers repeat it
  Verb verb = Verb::status;
  std::string name;             ///< of withdraw and announce; not empty
  std::string key;              ///< of status and watch: this service alone; empty: all
  Advertisement advertisement;  ///< of advertise; its client is not set
};

/// Why a line is no request. The words quote nothing of it but names of members, cut and escaped.
struct RequestError {
  std::string id = "null";
  std::string words;  ///< UTF-8 without control characters
};

/// Reads a line without its line feed; any octets.
std::variant<Request, RequestError> read_request(std::string_view line);

}  // namespace srvwarden::daemon
