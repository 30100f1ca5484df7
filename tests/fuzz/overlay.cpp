// Fuzzes overlays: places lie in the file, what is usable can be laid over a registry.
// SPDX-License-Identifier: Apache-2.0
#include "srvwarden/overlay.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace srvwarden;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Overlay overlay = read_overlay(text, "fuzz.toml");
  for (const OverlayProblem& problem : overlay.problems) {
    if (problem.at.offset > text.size() || problem.message.empty()) std::abort();
  }
  if (!overlay.usable() && !overlay.services.empty()) std::abort();
  const Registry registry = with_overlays(Registry(), std::span(&overlay, 1));
  for (const OverlayService& service : overlay.services) {
    if (!registry.contains(service.name)) std::abort();
  }
  return 0;
}
