// is_unicode_text: whether a file is text that a parser can be given.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "definition/source.hpp"

namespace srvwarden::definition {

/// Whether the whole file is UTF-8 without control characters; a problem tells where it is not.
bool is_unicode_text(const Reading& reading);

/// Whether a text has parts that are put in later: "${...}", "$(...)", "{{...}}", "[[...]]".
bool has_placeholder(std::string_view text) noexcept;

}  // namespace srvwarden::definition
