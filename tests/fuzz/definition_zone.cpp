// Fuzzing of the reader of master files and of the rules for zones.
// SPDX-License-Identifier: Apache-2.0
#include "definition_places.hpp"
#include "srvwarden/registry.hpp"

namespace srvwarden::fuzz {

/// Names have offsets for what is written alone: the origin behind it is nowhere.
inline void require_field(std::string_view file, const DefinitionText& text) {
  require_place(file, text.at, text.length);
  if (text.verbatim) return require_text(file, text);
  require(!text.offsets.empty() && text.offsets.size() <= text.value.size() + 1);
  for (std::size_t i = 0; i < text.offsets.size(); ++i) {
    require(text.offsets[i] <= file.size());
    require(i == 0 || text.offsets[i] >= text.offsets[i - 1]);
  }
}

inline void require_record(std::string_view file, const ZoneRecord& record) {
  require_place(file, record.at, record.length);
  require(record.owner_at.offset <= file.size());
  require(record.owner_at.length <= file.size() - record.owner_at.offset);
  require(!record.owner.empty() && !record.type.empty());
  for (const DefinitionText& field : record.fields) require_field(file, field);
}

}  // namespace srvwarden::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace srvwarden;
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  const Definition zone = read_definition("fuzz", file, DefinitionFormat::zone);
  for (const Problem& problem : zone.problems) {
    fuzz::require_place(file, problem.at, problem.length);
  }
  for (const ZoneRecord& record : zone.records) fuzz::require_record(file, record);
  fuzz::require_findings(
      file, check_definition(zone, {.advice = true, .registry = &Registry::builtin()}));
  find_definition_format("fuzz.zone", file);
  return 0;
}
