// LinkPolicy: what somebody wants of a link, as a file of TOML says it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "srvwarden/finding.hpp"
#include "srvwarden/place.hpp"

namespace srvwarden::rules {

/// A service that must be announced. Patterns are those of is_like; an empty one fits everything.
struct Expectation {
  struct Txt {
    std::string key;
    std::optional<std::string> value;  ///< nothing: any, or none
  };
  Place at;              ///< of its table in the file
  std::string type;      ///< pattern of "_ipp._tcp"
  std::string instance;  ///< pattern of the instance name
  std::string host;      ///< pattern of the SRV target, without the final dot
  std::optional<std::uint16_t> port;
  std::vector<Txt> txt;
};

struct LinkPolicy {
  std::string path;  ///< of the file; empty: none
  /// By a rule's id; nothing: it is off. What is not here has the rule's own severity.
  std::map<std::string, std::optional<Severity>, std::less<>> severities;
  std::vector<Expectation> expected;

  /// How a rule is judged; nothing: not at all.
  std::optional<Severity> severity_of(const RuleInfo& rule) const;
};

struct PolicyFault {
  Place at;
  std::string message;  ///< one line, without a full stop
};

/// The policy is of use only where there is no fault.
struct PolicyReading {
  LinkPolicy policy;
  std::vector<PolicyFault> faults;  ///< all there are, in the order of the file
};

/// @param path  of the file, for findings.
PolicyReading read_link_policy(std::string_view toml, std::string path);

}  // namespace srvwarden::rules
