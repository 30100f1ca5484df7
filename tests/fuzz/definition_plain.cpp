// Fuzzing of the readers of services(5), of C and C++ and of lists: the first byte chooses.
// SPDX-License-Identifier: Apache-2.0
#include "definition_places.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using srvwarden::DefinitionFormat;
  if (size == 0) return 0;
  constexpr DefinitionFormat formats[] = {DefinitionFormat::services, DefinitionFormat::source,
                                          DefinitionFormat::list};
  return srvwarden::fuzz::run("fuzz", formats[data[0] % 3], data + 1, size - 1);
}
