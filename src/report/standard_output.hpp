// put: how reports and commands write.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <string_view>

namespace srvwarden::report {

/// Writes to standard output; main() tells if that fails.
inline void put(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

}  // namespace srvwarden::report
