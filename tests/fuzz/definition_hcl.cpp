// Fuzzing of the readers of HCL and JSON.
// SPDX-License-Identifier: Apache-2.0
#include "definition_places.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace srvwarden;
  find_definition_format("fuzz.json", {reinterpret_cast<const char*>(data), size});
  fuzz::run("fuzz.hcl", DefinitionFormat::consul, data, size);
  return fuzz::run("fuzz.nomad", DefinitionFormat::nomad, data, size);
}
