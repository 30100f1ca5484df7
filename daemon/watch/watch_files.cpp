// Reading the baseline and the policy.
// SPDX-License-Identifier: Apache-2.0
#include "watch/watch_files.hpp"

#include <utility>

#include "core/concat.hpp"
#include "history/baseline.hpp"
#include "srvwarden/definition.hpp"

namespace srvwarden::daemon {

namespace {

constexpr std::size_t most_octets = std::size_t{64} << 20;

/// Reads a file if one is named.
bool read(const std::string& path, std::string_view what, std::string& text, WatchFiles& files) {
  if (path.empty()) return false;
  const std::error_code error = read_definition_file(path, text, most_octets);
  if (!error) return true;
  files.faults.push_back(concat({path, ": the ", what, " cannot be read: ", error.message()}));
  return false;
}

}  // namespace

WatchFiles read_watch_files(const WatchSettings& settings) {
  WatchFiles files;
  std::string text;
  if (read(settings.baseline, "baseline", text, files)) {
    auto baseline = history::read_baseline(text);
    if (baseline) {
      files.baseline = *std::move(baseline);
    } else {
      files.faults.push_back(concat({settings.baseline, ": ", baseline.error()}));
    }
  }
  if (read(settings.policy, "policy", text, files)) {
    rules::PolicyReading reading = rules::read_link_policy(text, settings.policy);
    for (const rules::PolicyFault& fault : reading.faults) {
      files.faults.push_back(concat({settings.policy, ":", std::to_string(fault.at.line), ":",
                                     std::to_string(fault.at.column), ": ", fault.message}));
    }
    if (reading.faults.empty()) files.policy = std::move(reading.policy);
  }
  return files;
}

}  // namespace srvwarden::daemon
