// Style and script of the page of an audit, and their hashes, as the build embeds them.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace srvwarden::report {

extern const std::string_view page_style;
extern const std::string_view
    page_style_hash;  ///< "sha256-...", as a Content-Security-Policy has it
extern const std::string_view page_script;
extern const std::string_view page_script_hash;

}  // namespace srvwarden::report
