// is_readable: whether a file is text that a parser can be given.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "definition/formats.hpp"
#include "definition/source.hpp"

namespace srvwarden::definition {

/// Whether the whole file is what its reader needs; a problem tells where it is not.
bool is_readable(const Reading& reading, TextNeeds needs);

/// Whether a text has parts that are put in later: "${...}", "$(...)", "{{...}}", "[[...]]".
bool has_placeholder(std::string_view text) noexcept;

}  // namespace srvwarden::definition
