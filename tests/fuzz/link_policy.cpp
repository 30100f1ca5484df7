// Fuzzes policies: places lie in the file, and what is right can judge a link.
// SPDX-License-Identifier: Apache-2.0
#include "rules/link_policy.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "rules/judge_link.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace srvwarden;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const rules::PolicyReading reading = rules::read_link_policy(text, "fuzz.toml");
  for (const rules::PolicyFault& fault : reading.faults) {
    if (fault.at.offset > text.size() || fault.message.empty()) std::abort();
  }
  if (!reading.faults.empty()) return 0;
  rules::AuditResult result;
  rules::judge_link(result, {.policy = &reading.policy});
  if (result.others.size() > reading.policy.expected.size()) std::abort();
  return 0;
}
