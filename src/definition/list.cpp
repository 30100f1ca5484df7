// Reader of plain lists: a value a line.
// SPDX-License-Identifier: Apache-2.0
#include "core/trim.hpp"
#include "definition/readers.hpp"

namespace srvwarden::definition {

void read_list(const Reading& reading) {
  reading.source.for_each_line([&](std::string_view line, std::size_t at) {
    const std::string_view value = trimmed(line);
    if (value.empty() || value.starts_with('#')) return;
    DeclaredValue& declared = reading.definition.values.emplace_back();
    const auto skipped = static_cast<std::size_t>(value.data() - line.data());
    declared.text = reading.source.verbatim(at + skipped, value.size());
    declared.kind = std::nullopt;
  });
}

}  // namespace srvwarden::definition
