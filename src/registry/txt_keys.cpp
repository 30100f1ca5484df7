// TxtKeys: names, canonical form and matching.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/txt_keys.hpp"

namespace srvwarden {

std::string to_text(const TxtKeys&) { return {}; }
std::optional<TxtKeys> parse_txt_keys(std::string_view) { return {}; }

}  // namespace srvwarden
