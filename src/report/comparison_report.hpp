// A comparison of two devices, as text for people or JSON for programs.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/finding_text.hpp"
#include "rules/story/differences.hpp"

namespace srvwarden::report {

/// What matters first, with its reason; noise in short at the end; then what is to be done.
std::string comparison_text(const rules::story::Comparison& comparison,
                            Colour colour = Colour::off);

/// {"good","bad","worst","fault","differences"}, on one line.
std::string comparison_json(const rules::story::Comparison& comparison);

}  // namespace srvwarden::report
