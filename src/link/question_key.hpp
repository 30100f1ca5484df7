// folded: names as keys, so that those which DNS holds for equal are equal.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>

#include "srvwarden/ascii.hpp"
#include "srvwarden/wire_name.hpp"

namespace srvwarden::link {

inline std::string folded(wire::NameView name) {
  std::string out(name.octets());
  std::ranges::transform(out, out.begin(), ascii::fold);
  return out;
}

}  // namespace srvwarden::link
