// What every SARIF 2.1.0 log of ours has: its beginning and end, rules, messages, files.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "report/sarif_rule.hpp"

namespace srvwarden::report {

/// Plain text as a message object: nothing in it is a placeholder or a link, whatever the names are
/// that it quotes. SARIF §3.11.5, §3.11.6.
nlohmann::ordered_json sarif_message(std::string_view text);

/// A file; "-" is standard input, what is relative is so to SRCROOT. SARIF §3.4.
nlohmann::ordered_json sarif_artifact(std::string_view path);

/// FNV-1a, 64 bits, for fingerprints: it stays the same from run to run.
std::uint64_t sarif_hash(std::string_view text, std::uint64_t from = 0xCBF29CE484222325) noexcept;

/// The rules of a run, each once.
class SarifRules {
 public:
  /// The place of the rule among those of the run.
  std::size_t index_of(const RuleInfo& rule);
  const std::vector<const RuleInfo*>& rules() const noexcept { return rules_; }

 private:
  std::vector<const RuleInfo*> rules_;
  std::map<const RuleInfo*, std::size_t> indexes_;
};

/// All up to the first result.
std::string_view sarif_head() noexcept;
/// All from the last result on.
///
/// @param notifications  what kept the run from being whole: an array.
std::string sarif_tail(const SarifRules& rules, std::string_view version,
                       nlohmann::ordered_json notifications);

}  // namespace srvwarden::report
