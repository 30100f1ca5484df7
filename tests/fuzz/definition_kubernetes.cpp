// Fuzzing of the reader of Kubernetes' YAML.
// SPDX-License-Identifier: Apache-2.0
#include "definition_places.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return srvwarden::fuzz::run("fuzz.yaml", srvwarden::DefinitionFormat::kubernetes, data, size);
}
