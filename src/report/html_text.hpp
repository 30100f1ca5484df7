// Text for HTML: the one place where untrusted bytes are made fit for a page.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "srvwarden/finding.hpp"

namespace srvwarden::report {

/// Bytes as the text of an element or the value of an attribute in quotes: what a terminal may not
/// be shown is spelt out (shown()), and what HTML takes for markup is written as a reference.
std::string html_text(std::string_view bytes);

/// <tag class="...">text</tag>; without a class where it is empty. Only the text is escaped.
std::string html_element(std::string_view tag, std::string_view style_class, std::string_view text);

/// "error", "warning" or "info", or "fine" for none, in the colour that it has everywhere.
std::string html_badge(std::string_view style_class, std::string_view text);

/// The rule's references, those to RFCs as links.
std::string html_references(const RuleInfo& rule);

}  // namespace srvwarden::report
