// Source: lines are found once, places by halving.
// SPDX-License-Identifier: Apache-2.0
#include "definition/source.hpp"
#include "srvwarden/utf8.hpp"

#include <algorithm>

namespace srvwarden::definition {

Source::Source(std::string_view text) : text_(text), line_starts_{0} {
  for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) {
    line_starts_.push_back(at + 1);
  }
}

Place Source::place(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  return {.offset = offset,
          .line = static_cast<std::uint32_t>(after - line_starts_.begin()),
          .column = static_cast<std::uint32_t>(offset - *(after - 1) + 1)};
}

DefinitionText Source::verbatim(std::size_t offset, std::size_t length) const {
  DefinitionText text;
  text.value = text_.substr(offset, length);
  text.at = place(offset);
  text.length = length;
  text.present = true;
  return text;
}

void Source::for_each_line(const std::function<void(std::string_view, std::size_t)>& line) const {
  std::size_t at = utf8::mark_size(text_);
  while (at < text_.size()) {
    const std::size_t end = std::min(text_.find('\n', at), text_.size());
    std::string_view one = text_.substr(at, end - at);
    if (one.ends_with('\r')) one.remove_suffix(1);
    line(one, at);
    at = end + 1;
  }
}

void Reading::problem(ProblemCode code, std::size_t offset, std::size_t length,
                      std::string detail) const {
  const Place at = source.place(offset);
  length = std::min(length, source.text().size() - at.offset);
  definition.problems.push_back({code, at, length, std::move(detail)});
}

void Reading::problem(ProblemCode code, const DefinitionText& text, std::string detail) const {
  problem(code, text.at.offset, text.length, std::move(detail));
}

}  // namespace srvwarden::definition
