// What every reading of a definition holds: places lie in the file, and verbatim texts stand there.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "rules/check_definition.hpp"
#include "rules/fixes.hpp"
#include "rules/suppressions.hpp"

namespace srvwarden::fuzz {

inline void require(bool holds) {
  if (!holds) std::abort();
}

inline void require_place(std::string_view file, const Place& at, std::size_t length) {
  require(at.offset <= file.size() && length <= file.size() - at.offset);
  const std::size_t line_start = at.offset - (at.column - 1);
  require(at.column >= 1 && at.column - 1 <= at.offset && at.line >= 1);
  require(line_start == 0 || file[line_start - 1] == '\n');
}

inline void require_text(std::string_view file, const DefinitionText& text) {
  if (!text.present) return;
  require_place(file, text.at, text.length);
  if (text.verbatim) {
    require(file.substr(text.at.offset, text.length) == text.value);
    return;
  }
  require(text.offsets.size() == text.value.size() + 1);
  for (const std::size_t offset : text.offsets) require(offset <= file.size());
}

inline void require_findings(std::string_view file, const Findings& findings) {
  for (const Finding& finding : findings) {
    require(finding.at.offset <= file.size());
    require(finding.at.length <= file.size() - finding.at.offset);
    for (const Span& span : finding.more) require(span.offset <= file.size());
  }
}

/// Fixes lie in the file, and making them ends without a much longer one.
inline void require_fixes(std::string_view file, Findings& findings, const Definition& definition) {
  add_fixes(findings, definition, file);
  for (const Finding& finding : findings) {
    for (const Edit& edit : finding.fix) {
      require(edit.at.offset <= file.size() && edit.at.length <= file.size() - edit.at.offset);
    }
  }
  const auto judge = [&](std::string_view text) {
    const Definition again = read_definition(definition.path, text, definition.format);
    Findings found = check_definition(again, {});
    add_fixes(found, again, text);
    return found;
  };
  const Mended once = mend({std::string(file), findings}, judge);
  require(once.text.size() <= file.size() + 8 * findings.size() + 64);
}

/// Aborts where something does not hold of what was read.
inline void require_definition(const Definition& definition, std::string_view file) {
  require_text(file, definition.instance);
  std::size_t last = 0;
  for (const Problem& problem : definition.problems) {
    require_place(file, problem.at, problem.length);
    require(problem.at.offset >= last);
    last = problem.at.offset;
  }
  for (const ServiceDefinition& service : definition.services) {
    require_place(file, service.at, service.length);
    for (const DefinitionText* text : {&service.type, &service.domain, &service.host, &service.port,
                                       &service.priority, &service.weight, &service.protocol}) {
      require_text(file, *text);
    }
    for (const DefinitionText& text : service.subtypes) require_text(file, text);
    for (const DefinitionText& text : service.txt) require_text(file, text);
    for (const std::size_t index : service.further_txt_records) require(index < service.txt.size());
  }
  for (const DeclaredValue& value : definition.values) require_text(file, value.text);
  Findings findings = check_definition(definition, {.advice = true});
  require_findings(file, findings);
  heed_suppressions(findings, definition.format, file);
  require_findings(file, findings);
  require_fixes(file, findings, definition);
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Reads the input as what `path` is to a daemon.
inline int run(std::string_view path, const std::uint8_t* data, std::size_t size) {
  require_definition(read_definition(path, text_of(data, size)), text_of(data, size));
  return 0;
}

inline int run(std::string_view path, DefinitionFormat format, const std::uint8_t* data,
               std::size_t size) {
  require_definition(read_definition(path, text_of(data, size), format), text_of(data, size));
  return 0;
}

}  // namespace srvwarden::fuzz
