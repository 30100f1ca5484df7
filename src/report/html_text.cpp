// Escaping, and the smallest pieces of pages.
// SPDX-License-Identifier: Apache-2.0
#include "report/html_text.hpp"

#include "core/concat.hpp"
#include "report/finding_text.hpp"
#include "report/terminal.hpp"

namespace srvwarden::report {

std::string html_text(std::string_view bytes) {
  std::string out;
  for (const char c : shown(bytes)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string html_element(std::string_view tag, std::string_view style_class,
                         std::string_view text) {
  const std::string open = style_class.empty()
                               ? concat({"<", tag, ">"})
                               : concat({"<", tag, " class=\"", style_class, "\">"});
  return concat({open, html_text(text), "</", tag, ">"});
}

std::string html_badge(std::string_view style_class, std::string_view text) {
  return html_element("span", concat({"badge ", style_class}), text);
}

std::string html_references(const RuleInfo& rule) {
  std::string out;
  for (const Reference& reference : rule.references) {
    if (!out.empty()) out += ", ";
    const std::string words = html_text(words_of(reference));
    out += reference.rfc == 0 ? words
                              : concat({"<a rel=\"noreferrer\" href=\"",
                                        html_text(link_of(reference)), "\">", words, "</a>"});
  }
  return out;
}

}  // namespace srvwarden::report
