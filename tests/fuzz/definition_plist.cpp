// Fuzzing of the reader of property lists.
// SPDX-License-Identifier: Apache-2.0
#include "definition_places.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return srvwarden::fuzz::run("Info.plist", srvwarden::DefinitionFormat::info_plist, data, size);
}
