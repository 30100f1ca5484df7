// Fuzzes baselines: what is read is written so that the same is read again.
// SPDX-License-Identifier: Apache-2.0
#include "history/baseline.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace srvwarden;
  const auto read = history::read_baseline({reinterpret_cast<const char*>(data), size});
  if (!read) {
    if (read.error().empty()) std::abort();
    return 0;
  }
  const auto again = history::read_baseline(history::baseline_text(*read));
  if (!again || *again != *read) std::abort();
  return 0;
}
