// Texts of definition files as subjects of rules: where their octets stand, and SRV fields.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/trim.hpp"
#include "rules/subjects.hpp"
#include "srvwarden/definition.hpp"

namespace srvwarden::rules {

inline SourceMap map_of(const DefinitionText& text) {
  return text.verbatim ? SourceMap(text.at.offset) : SourceMap(std::span(text.offsets));
}

/// Priority, weight, port and target as one text with the place of each octet.
struct SrvParts {
  std::string text;
  std::vector<std::size_t> offsets;
  std::array<Span, 4> fields;

  void add(std::size_t i, const DefinitionText& value, std::string_view otherwise,
           std::size_t place) {
    const std::string_view octets = value.present ? trimmed(value.value) : otherwise;
    const std::size_t skipped =
        value.present ? static_cast<std::size_t>(octets.data() - value.value.data()) : 0;
    fields[i] = {text.size(), octets.size()};
    for (std::size_t at = 0; at <= octets.size(); ++at) {
      offsets.push_back(value.present ? map_of(value)({skipped + at, 0}).offset : place);
    }
    text.append(octets).push_back(' ');
  }

  SrvText srv() const {
    SrvText result{text, {}};
    result.split.count = fields.size();
    for (std::size_t i = 0; i < fields.size(); ++i) {
      result.split.fields[i] = std::string_view(text).substr(fields[i].offset, fields[i].length);
    }
    return result;
  }
};

}  // namespace srvwarden::rules
